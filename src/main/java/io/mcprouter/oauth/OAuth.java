package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.SealedRows;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.oauth.LoginTable.Login;
import io.mcprouter.oauth.LoginTable.State;
import io.mcprouter.oauth.LoginTable.Wish;
import io.mcprouter.oauth.ProtectedServers.Asked;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Authorization towards servers. All methods but {@link #authorization}, {@link #isRequired} and
 * {@link #forget} block: they ask the store and authorization servers.
 */
public final class OAuth implements AutoCloseable {
  private final OAuthPlaces places;
  private final OAuthTargets targets;
  private final OAuthObserver observer;
  private final Clock clock;
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("oauth-", 0).factory());
  private final Registration registration;
  private final LoginTable loginTable;
  private final Logins logins;
  private final Parts parts;
  private final MachineTokens machines;
  private final Revocation revocation;
  private final Traces traces;
  private final List<SealedRows> sealedTables;

  /**
   * Works with a store that is open.
   *
   * @param senders sends requests to the authorization servers of a server: each checks addresses,
   *     follows no redirects and bounds size and time
   */
  public OAuth(
      Store store,
      Sealing sealing,
      Function<OAuthTarget, HTTPRequestSender> senders,
      OAuthPlaces places,
      OAuthTargets targets,
      OAuthObserver observer,
      Clock clock) {
    this.places = places;
    this.targets = targets;
    this.observer = observer;
    this.clock = clock;
    Sealed sealed = new Sealed(sealing);
    RegistrationTable registrations = new RegistrationTable(store, sealed, clock);
    HeaderIssuers headers = new HeaderIssuers(registrations);
    AuthorizationHttp http = new AuthorizationHttp(senders, headers);
    TokenEndpoint endpoint = new TokenEndpoint(http);
    Discovery discovery = new Discovery(http, headers);
    GrantTable grants = new GrantTable(store, sealed);
    FlowTable flows = new FlowTable(store, sealed, clock);
    loginTable = new LoginTable(store, sealed, clock);
    registration = new Registration(http, places);
    sealedTables = List.of(grants, registrations);
    Clients clients = new Clients(registration, registrations, places);
    Renewal renewal = new Renewal(store, grants, clients, endpoint, clock);
    Tokens tokens = new Tokens(renewal, grants, discovery, executor, clock);
    parts =
        new Parts(
            tokens,
            new ProtectedServers(store, clock),
            discovery,
            loginTable,
            grants,
            places,
            executor);
    machines = new MachineTokens(clients, endpoint, new MachineGrants(endpoint), parts, clock);
    logins = new Logins(loginTable, flows, grants, discovery, clients, endpoint, places, clock);
    traces = new Traces(store);
    revocation = new Revocation(store, grants, loginTable, flows, clients, http);
  }

  /** A caller's right at a server, for the connection that is opened there. Does not block. */
  public Authorization authorization(Caller caller, OAuthTarget target) {
    return isMachine(target)
        ? new RouterAuthorization(caller, target, parts, machines)
        : new UserAuthorization(caller, target, parts);
  }

  private static boolean isMachine(OAuthTarget target) {
    return target.options().grant() != OAuthOptions.Grant.AUTHORIZATION_CODE;
  }

  /** Whether a server asked for a login, ever: what it lists is each user's own. */
  public boolean isRequired(String server) {
    return parts.servers().contains(server);
  }

  /** The links that wait for a user, each until it is used or runs out. */
  public List<PendingLogin> pending(Caller caller) {
    return loginTable.open(caller).stream()
        .map(login -> new PendingLogin(login.key().server(), link(login), login.expires()))
        .toList();
  }

  private URI link(Login login) {
    return places.link(Objects.requireNonNull(login.link()).value());
  }

  /**
   * A link for a login that no call has asked for yet, or the one that is open: that is for what a
   * call resolved, which may have had more of the user's fields than this caller.
   */
  public PendingLogin startLogin(Caller caller, String server) throws OAuthFailure, McpFailure {
    GrantKey key = GrantKey.of(caller, server);
    Login open = loginTable.current(key);
    OAuthTarget target = open == null ? loginTarget(caller, server) : open.resolved();
    Asked asked = parts.servers().get(target);
    String hint = asked == null ? null : asked.hint();
    if (open == null) {
      parts.discovery().find(target, hint);
    }
    Wish wish = new Wish(hint, asked == null ? List.of() : asked.scopes(), 0);
    Secret link = loginTable.open(key, target, wish);
    Login login = loginTable.read(key);
    Instant until = login == null ? clock.instant() : login.expires();
    return new PendingLogin(server, places.link(link.value()), until);
  }

  private OAuthTarget loginTarget(Caller caller, String server) throws OAuthFailure, McpFailure {
    OAuthTarget target = targets.target(caller, server);
    if (isMachine(target) || caller.isApplication()) {
      throw OAuthFailure.unusable("server '" + server + "' takes no login of this caller");
    }
    return target;
  }

  /** Whose open login a link belongs to: for local mode, where whoever opens it is that user. */
  public Optional<Owner> owner(String link) {
    return loginTable.owner(link).map(key -> new Owner(key.tenant(), key.user()));
  }

  /**
   * The server that a link is for.
   *
   * @throws OAuthFailure where the link is not open for this caller
   */
  public String server(String link, Caller caller) throws OAuthFailure {
    return logins.login(link, caller).key().server();
  }

  /**
   * What the start page shows; the link can still be used.
   *
   * @param link the last segment of the page's path
   * @throws OAuthFailure where the link is not open for this caller
   */
  public LoginOffer offer(String link, Caller caller) throws OAuthFailure, McpFailure {
    Login login = logins.login(link, caller);
    targets.requireServer(caller, login.key().server());
    return logins.offer(login);
  }

  /**
   * Uses a link.
   *
   * @param browser what the browser was given as a cookie, at least 128 random bits
   * @return where the browser goes next
   */
  public URI begin(String link, Caller caller, String browser) throws OAuthFailure, McpFailure {
    targets.requireServer(caller, logins.login(link, caller).key().server());
    return logins.begin(link, caller, browser);
  }

  /**
   * Takes the answer of an authorization server.
   *
   * @param parameters those of the callback's query, each with all its values
   * @param browser the cookie that the login began with, the empty string for none
   * @return the server that the user is logged in to now
   */
  public String finish(Map<String, List<String>> parameters, Caller caller, String browser)
      throws OAuthFailure, McpFailure {
    LoginAnswer answer = LoginAnswer.of(parameters);
    Flow flow = logins.answered(answer, caller, browser);
    GrantKey key = flow.key();
    targets.requireServer(caller, key.server());
    logins.finish(flow, answer);
    parts.tokens().forget(key);
    observer.authorized(key.tenant(), key.user(), key.server());
    return key.server();
  }

  /** How a caller and a server stand. */
  public LoginStatus status(Caller caller, String server) throws McpFailure {
    OAuthTarget target = targets.target(caller, server);
    if (isMachine(target) || caller.isApplication()) {
      return new LoginStatus.NotNeeded();
    }
    GrantKey key = GrantKey.of(caller, server);
    Grant grant = parts.grants().read(key);
    if (grant != null && !grant.needsLogin() && grant.isFor(target) && isAlive(grant)) {
      return new LoginStatus.Authorized(grant.refresh() == null ? grant.expiresAt() : null);
    }
    LoginStatus open = status(loginTable.read(key));
    if (open != null) {
      return open;
    }
    boolean isNeeded =
        Boolean.TRUE.equals(target.required()) || parts.servers().get(target) != null;
    return isNeeded ? new LoginStatus.LoginRequired() : new LoginStatus.NotNeeded();
  }

  private boolean isAlive(Grant grant) {
    return grant.refresh() != null || clock.instant().isBefore(grant.expiresAt());
  }

  private @Nullable LoginStatus status(@Nullable Login login) {
    if (login == null) {
      return null;
    }
    if (login.isOpen(clock.instant())) {
      return new LoginStatus.LoginPending(link(login), login.expires());
    }
    if (login.isBegun(clock.instant())) {
      return new LoginStatus.LoginPending(null, login.expires());
    }
    return login.state() == State.FAILED && login.error() != null
        ? new LoginStatus.LoginFailed(login.error())
        : null;
  }

  /**
   * Takes a user's right away, here first and then at the authorization server. Whatever this
   * caller lacks of what the right was got with, the right is gone.
   */
  public void revoke(Caller caller, String server) {
    GrantKey key = GrantKey.of(caller, server);
    Grant grant = revocation.delete(key);
    parts.tokens().forget(key);
    observer.revoked(key.tenant(), key.user(), key.server());
    if (grant != null) {
      revocation.tell(key, () -> targets.target(caller, server), grant);
    }
  }

  /** Removes all that is kept of a server that was one user's own and is no more. */
  public void remove(Owner owner, String server) {
    traces.remove(owner, server);
    forgetServer(owner, server);
  }

  /** A user's own server was replaced or removed, here or elsewhere. */
  public void forgetServer(Owner owner, String server) {
    parts.servers().forget(server);
    forget(owner.tenant(), owner.user(), server);
  }

  /** Gives an open login up. */
  public void cancelLogin(Caller caller, String server) {
    revocation.cancel(GrantKey.of(caller, server));
  }

  /**
   * The entry of a server is written otherwise now, or gone: logins that were opened or begun for
   * it as it was lead nowhere any more. Whoever needs one gets another.
   */
  public void entryChanged(String server) {
    revocation.withdraw(server);
  }

  /** Other nodes may have changed any right. */
  public void forgetAll() {
    parts.tokens().forgetAll();
  }

  /** Another node has changed a user's right. */
  public void forget(String tenant, String user, String server) {
    parts.tokens().forget(new GrantKey(tenant, user, server));
  }

  /** What is to be sealed again when a new key seals; links and logins end before that. */
  public List<SealedRows> sealedTables() {
    return sealedTables;
  }

  /** The router's client-id metadata document, null where it has no public https address. */
  public @Nullable Map<String, Object> clientDocument() {
    return registration.document();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
