package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server on loopback that does what a test tells it, also what none should do. It
 * keeps every request, and knows of each token what became of it.
 */
public final class ScriptedAuthorizationServer implements AutoCloseable {
  private final String issuerPath;
  private final String issuer;
  private final Script script = new Script();
  private final Clients clients = new Clients();
  private final Ledger ledger = new Ledger();
  private final ScriptedEndpoints endpoints;
  private final MetadataEndpoint metadata;
  private final RegistrationEndpoint registration;
  private final AuthorizationEndpoint authorization;
  private final TokenMint mint;
  private final TokenEndpoint tokens;

  private ScriptedAuthorizationServer(String issuerPath) {
    this.issuerPath = issuerPath;
    endpoints = new ScriptedEndpoints(this::endpoint, this::answer);
    issuer = "http://127.0.0.1:" + endpoints.port() + issuerPath;
    metadata = new MetadataEndpoint(issuer, issuerPath, script);
    registration = new RegistrationEndpoint(script, clients);
    authorization = new AuthorizationEndpoint(issuer, script, clients, ledger);
    mint = new TokenMint(issuer, script, ledger);
    tokens = new TokenEndpoint(issuer, script, clients, ledger, mint);
  }

  /** Starts one whose issuer has no path. */
  public static ScriptedAuthorizationServer start() {
    return start("");
  }

  /**
   * Starts one.
   *
   * @param issuerPath what the issuer has behind its port, such as {@code /tenant}
   */
  public static ScriptedAuthorizationServer start(String issuerPath) {
    return new ScriptedAuthorizationServer(issuerPath);
  }

  public String issuer() {
    return issuer;
  }

  /** Where one of its endpoints is. */
  public URI uri(Endpoint endpoint) {
    return URI.create(
        endpoint == Endpoint.METADATA
            ? issuer.substring(0, issuer.length() - issuerPath.length())
                + WellKnown.OAUTH.path(issuerPath)
            : issuer + endpoint.path());
  }

  /** How it behaves from now on. */
  public Script script() {
    return script;
  }

  /** Misbehaves at an endpoint until {@link #behave}. */
  public void always(Endpoint endpoint, Fault fault) {
    endpoints.faults.always(endpoint, fault);
  }

  /** Misbehaves at the next request of an endpoint; several calls stand in a queue. */
  public void once(Endpoint endpoint, Fault fault) {
    endpoints.faults.once(endpoint, fault);
  }

  public void behave(Endpoint endpoint) {
    endpoints.faults.none(endpoint);
  }

  /** Holds the next request of an endpoint until the test releases it. */
  public Fault.Hold hold(Endpoint endpoint) {
    Fault.Hold hold = new Fault.Hold();
    once(endpoint, hold);
    return hold;
  }

  /** Knows a client from now on. */
  public void add(RegisteredClient client) {
    clients.add(client);
  }

  public List<RegisteredClient> clients() {
    return clients.all();
  }

  /** Knows no client any more: each gets {@code invalid_client}. */
  public void forgetClients() {
    clients.forgetAll();
  }

  /** A right that no client asked for: an access token that the test sends itself. */
  public String accessToken(String subject, @Nullable String audience, String... scopes) {
    return mint.access(
        new Grant(Ledger.random("family"), subject, "test", Set.of(scopes), audience, null));
  }

  /** The access token of that value, where it may be used now. */
  public Optional<IssuedToken> valid(String token) {
    return Optional.ofNullable(ledger.valid(token));
  }

  /** Every access token that it gave, in order. */
  public List<IssuedToken> issued() {
    return ledger.issued();
  }

  /** Takes no access token that it gave so far, as if all had expired; refresh tokens stay. */
  public void expireAccessTokens() {
    ledger.dropAccessTokens();
  }

  /** Ends all that it granted: refresh tokens too. */
  public void endGrants() {
    ledger.endAll();
  }

  /** Whether a grant was ended: by revocation, or since one of its tokens came twice. */
  public boolean hasEnded(String family) {
    return ledger.hasEnded(family);
  }

  /** Every request, in order of arrival. */
  public List<RecordedRequest> requests() {
    return endpoints.requests();
  }

  public List<RecordedRequest> requests(Endpoint endpoint) {
    return stream(endpoint).toList();
  }

  /** The token requests for one kind of grant. */
  public List<RecordedRequest> tokenRequests(String grantType) {
    return stream(Endpoint.TOKEN)
        .filter(request -> request.parameter("grant_type").equals(grantType))
        .toList();
  }

  private Stream<RecordedRequest> stream(Endpoint endpoint) {
    return endpoints.requests().stream().filter(request -> request.endpoint() == endpoint);
  }

  public void forgetRequests() {
    endpoints.forgetRequests();
  }

  /** How many bytes of endless bodies went out. */
  public long endlessBytes() {
    return endpoints.noise();
  }

  private @Nullable Endpoint endpoint(String path) {
    if (path.contains("/.well-known/")) {
      return metadata.stands(path) ? Endpoint.METADATA : null;
    }
    return Stream.of(Endpoint.values())
        .filter(each -> path.equals(issuerPath + each.path()))
        .findFirst()
        .orElse(null);
  }

  private Answer answer(RecordedRequest request) {
    return switch (request.endpoint()) {
      case METADATA -> metadata.answer(request);
      case REGISTRATION -> registration.answer(request);
      case AUTHORIZATION -> authorization.answer(request);
      case TOKEN -> tokens.answer(request);
      case REVOCATION -> revoke(request);
      case INTROSPECTION -> introspect(request);
      case JWKS -> Answer.json(200, Keys.publicJson());
    };
  }

  private Answer revoke(RecordedRequest request) {
    clients.authenticated(request, Set.of(issuer, issuer + Endpoint.REVOCATION.path()));
    ledger.revoke(request.parameter("token"));
    return Answer.status(200);
  }

  /** RFC 7662, for servers in other processes; whoever asks may know. */
  private Answer introspect(RecordedRequest request) {
    IssuedToken token = ledger.valid(request.parameter("token"));
    ObjectNode answer = Answer.JSON.createObjectNode().put("active", token != null);
    if (token != null) {
      answer
          .put("sub", token.subject())
          .put("jti", token.id())
          .put("client_id", token.clientId())
          .put("scope", String.join(" ", token.scopes()))
          .put("aud", token.audience())
          .put("exp", token.expiry().getEpochSecond());
    }
    return Answer.json(200, answer);
  }

  @Override
  public void close() {
    endpoints.close();
  }
}
