package io.mcprouter.console;

import io.mcprouter.console.LoginCookie.Browser;
import io.mcprouter.credential.Owner;
import io.mcprouter.identity.CallerRequest;
import io.mcprouter.identity.Callers;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.protocol.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sits before a browser that follows a login's link: whom its request or its cookie proves, or
 * who shows an API key. In local mode it is whoever the link was made for.
 */
public final class BrowserUsers {
  private final Callers callers;
  private final boolean local;
  private final OAuth oauth;
  private final LoginCookie cookies;
  private final UserLogins logins;

  /**
   * @param local whether the router asks nobody who they are
   */
  public BrowserUsers(
      Callers callers, boolean local, OAuth oauth, LoginCookie cookies, UserLogins logins) {
    this.logins = logins;
    this.callers = callers;
    this.local = local;
    this.oauth = oauth;
    this.cookies = cookies;
  }

  /** The issuers at which a user can show who they are. */
  Set<String> issuers() {
    return logins.names();
  }

  boolean isLocal() {
    return local;
  }

  /** The browser of the cookie; null where it has none of ours. */
  @Nullable Browser known(HttpServletRequest request) {
    return cookies.browser(request);
  }

  /** The user without whom nothing of the link is shown; empty where they must show a key first. */
  Optional<Caller> of(HttpServletRequest request, @Nullable Caller proven, String link) {
    if (local) {
      return oauth.owner(link).map(BrowserUsers::caller);
    }
    if (proven != null) {
      return Optional.of(proven);
    }
    Browser browser = known(request);
    return browser == null ? Optional.empty() : Optional.of(browser.caller());
  }

  /**
   * The user whose API key it is.
   *
   * @throws Callers.Refused when it is nobody's
   */
  Caller byKey(String key) throws Callers.Refused {
    CallerRequest shown = CallerRequest.local(Map.of("X-API-Key", key.strip()));
    return callers.prove(shown).caller();
  }

  private static Caller caller(Owner owner) {
    return new Caller(
        owner.tenant(), owner.user(), Map.of(), Set.of(), Set.of(), Caller.Source.LOCAL, null);
  }

  /** The browser for a user: the one that the cookie names, where it is theirs. */
  Browser browser(HttpServletRequest request, Caller caller) {
    Browser before = known(request);
    return before != null && before.owner().equals(Owner.of(caller))
        ? before
        : cookies.browser(caller);
  }
}
