package io.mcprouter.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.SealedField;
import io.mcprouter.credential.Sealing;
import io.mcprouter.identity.OpenIdLogin;
import io.mcprouter.protocol.Caller;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * What a browser keeps while a login is under way: who proved themselves in it, with a secret that
 * binds the login to it, and what it must bring back from an issuer. Sealed by the router's own
 * key, so nobody can make one.
 */
public final class LoginCookie {
  private static final String BROWSER = "mcp-router-login";
  private static final String ATTEMPT = "mcp-router-user";
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int SECRET_BYTES = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sealing sealing;
  private final Clock clock;
  private final BooleanSupplier secure;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secure whether browsers reach the router by https
   */
  public LoginCookie(Sealing sealing, Clock clock, BooleanSupplier secure) {
    this.sealing = sealing;
    this.clock = clock;
    this.secure = secure;
  }

  /** A browser in which a user has proved themselves. */
  Browser browser(Caller caller) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new Browser(
        Owner.of(caller), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  ResponseCookie write(Browser browser) {
    return write(
        BROWSER,
        new BrowserContent(browser.owner.tenant(), browser.owner.user(), browser.secret, until()));
  }

  ResponseCookie write(Attempt attempt) {
    return write(ATTEMPT, new AttemptContent(attempt, until()));
  }

  /** Takes the cookie of an attempt back. */
  ResponseCookie noAttempt() {
    return cookie(ATTEMPT, "", Duration.ZERO);
  }

  private long until() {
    return clock.instant().plus(LIFETIME).getEpochSecond();
  }

  private ResponseCookie write(String name, Object content) {
    try {
      byte[] sealed = sealing.seal(JSON.writeValueAsBytes(content), place(name));
      return cookie(name, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed), LIFETIME);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and a number are JSON", e);
    }
  }

  private ResponseCookie cookie(String name, String value, Duration lifetime) {
    return ResponseCookie.from(full(name), value)
        .httpOnly(true)
        .secure(secure.getAsBoolean())
        .sameSite("Lax")
        .path("/")
        .maxAge(lifetime)
        .build();
  }

  private static SealedField place(String name) {
    return new SealedField("cookie", "", "", "", name);
  }

  /** The name of a cookie that no other host can set, where the browser comes by https. */
  private String full(String name) {
    return secure.getAsBoolean() ? "__Host-" + name : name;
  }

  /** The browser that a request's cookie names; null where it is none of ours, or too old. */
  @Nullable Browser browser(HttpServletRequest request) {
    BrowserContent content = read(request, BROWSER, BrowserContent.class);
    return content == null || isOver(content.until)
        ? null
        : new Browser(new Owner(content.tenant, content.user), content.secret);
  }

  /** The attempt that a request's cookie names; null where it is none of ours, or too old. */
  @Nullable Attempt attempt(HttpServletRequest request) {
    AttemptContent content = read(request, ATTEMPT, AttemptContent.class);
    return content == null || isOver(content.until) ? null : content.attempt;
  }

  private boolean isOver(long until) {
    return !clock.instant().isBefore(Instant.ofEpochSecond(until));
  }

  private <T> @Nullable T read(HttpServletRequest request, String name, Class<T> type) {
    Cookie cookie = WebUtils.getCookie(request, full(name));
    if (cookie == null) {
      return null;
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(cookie.getValue());
      return JSON.readValue(sealing.unseal(sealed, place(name)), type);
    } catch (IllegalArgumentException | Sealing.UnsealableException | IOException notOurs) {
      return null;
    }
  }

  private record BrowserContent(String tenant, String user, String secret, long until) {}

  private record AttemptContent(Attempt attempt, long until) {}

  /**
   * A user's way to an issuer and back.
   *
   * @param link the login that they are on the way to
   */
  record Attempt(String issuer, String link, OpenIdLogin.Pending pending) {}

  /**
   * A browser and its user.
   *
   * @param secret known to this browser alone
   */
  record Browser(Owner owner, String secret) {
    /** The user, as far as logins look at them. */
    Caller caller() {
      return new Caller(
          owner.tenant(), owner.user(), Map.of(), Set.of(), Set.of(), Caller.Source.LOCAL, null);
    }

    @Override
    public String toString() {
      return "Browser[hidden]";
    }
  }
}
