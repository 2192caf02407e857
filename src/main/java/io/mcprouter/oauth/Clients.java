package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.config.OAuthSettings.TokenExchangeMethod;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the router is to an authorization server: the client that the administrator wrote, else the
 * address of its metadata document, else a registration. A client is known to one issuer and never
 * shown to another.
 */
final class Clients {
  private final Registration registration;
  private final RegistrationTable table;
  private final OAuthPlaces places;

  /** One node registers once at an issuer, however many logins begin there together. */
  private final ConcurrentHashMap<RegistrationTable.Key, ReentrantLock> registering =
      new ConcurrentHashMap<>();

  Clients(Registration registration, RegistrationTable table, OAuthPlaces places) {
    this.registration = registration;
    this.table = table;
    this.places = places;
  }

  /** The client for a new login. */
  Client choose(String tenant, OAuthTarget target, AuthorizationServer server, List<String> scopes)
      throws OAuthFailure {
    String configured = configuredId(target);
    if (configured != null) {
      return bound(target, configured, server);
    }
    URI document = places.clientDocument();
    if (document != null && server.takesMetadataDocuments()) {
      return Client.open(server.issuer(), document.toString(), Client.Origin.METADATA_DOCUMENT);
    }
    return registered(tenant, target, server, scopes);
  }

  static @Nullable String configuredId(OAuthTarget target) {
    return target.clientId() == null ? target.options().clientId() : target.clientId();
  }

  /** A secret must not follow a server that suddenly names another authorization server. */
  private Client bound(OAuthTarget target, String id, AuthorizationServer server)
      throws OAuthFailure {
    if (!ConfiguredServer.isIn(target)) {
      pin(target, id, server);
    }
    return configured(target, id, server.issuer(), methodFor(target, server));
  }

  /** What the administrator wrote for one authorization server is shown to no other. */
  private void pin(OAuthTarget target, String what, AuthorizationServer server)
      throws OAuthFailure {
    String first = table.issuerOf(target.server(), what, server.issuer());
    if (!first.equals(server.issuer())) {
      throw OAuthFailure.unusable(
          "the server names the authorization server "
              + SafeText.of(server.issuer())
              + " now, and the configured client is known to "
              + SafeText.of(first)
              + "; where that is right, configure a client of the new one");
    }
  }

  private static ClientAuthenticationMethod methodFor(
      OAuthTarget target, AuthorizationServer server) {
    TokenExchangeMethod written =
        target.settings() == null ? null : target.settings().tokenExchangeMethod();
    return switch (written) {
      case DEFAULT_POST -> ClientAuthenticationMethod.CLIENT_SECRET_POST;
      case BASIC_AUTH_HEADER -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
      case null -> Client.methodOfSecret(supported(target.settings(), server));
    };
  }

  private static List<String> supported(
      @Nullable OAuthSettings settings, AuthorizationServer server) {
    return settings == null || settings.tokenEndpointAuthMethodsSupported().isEmpty()
        ? server.authenticationMethods()
        : settings.tokenEndpointAuthMethodsSupported();
  }

  private static Client configured(
      OAuthTarget target, String id, String issuer, ClientAuthenticationMethod method)
      throws OAuthFailure {
    String key = target.options().privateKey();
    if (key != null) {
      return Client.withKey(issuer, id, SigningKey.of(key, target.options().keyAlgorithm()));
    }
    String secret =
        target.settings() != null && target.settings().clientSecret() != null
            ? target.settings().clientSecret()
            : target.options().clientSecret();
    return secret == null
        ? Client.open(issuer, id, Client.Origin.CONFIGURED)
        : Client.withSecret(issuer, id, Client.Origin.CONFIGURED, new Secret(secret), method);
  }

  private Client registered(
      String tenant, OAuthTarget target, AuthorizationServer server, List<String> scopes)
      throws OAuthFailure {
    RegistrationTable.Key key = key(tenant, server.issuer());
    Client known = table.read(key);
    if (known != null) {
      return known;
    }
    if (target.options().registrationToken() != null) {
      pin(target, "router.oauth.registrationToken", server);
    }
    ReentrantLock turn = registering.computeIfAbsent(key, any -> new ReentrantLock());
    turn.lock();
    try {
      Client meanwhile = table.read(key);
      return meanwhile == null ? register(key, target, server, scopes) : meanwhile;
    } finally {
      turn.unlock();
      registering.remove(key, turn);
    }
  }

  private Client register(
      RegistrationTable.Key key,
      OAuthTarget target,
      AuthorizationServer server,
      List<String> scopes)
      throws OAuthFailure {
    if (server.registrationEndpoint() == null) {
      throw OAuthFailure.unusable(
          "the authorization server "
              + SafeText.of(server.issuer())
              + " lets no client register; register the router there by hand, with the redirect"
              + " URI "
              + places.callback()
              + ", and set oauth.client_id");
    }
    Registration.Made made = registration.register(server, scopes, target);
    return table.insert(key, made.client(), made.expires());
  }

  /** The client that a right was got with, null where the router is that client no longer. */
  @Nullable Client known(String tenant, OAuthTarget target, Grant.Origin origin)
      throws OAuthFailure {
    String id = origin.clientId();
    if (id.equals(configuredId(target))) {
      return configured(target, id, origin.issuer(), origin.clientMethod());
    }
    if (places.clientDocument() != null && id.equals(places.clientDocument().toString())) {
      return Client.open(origin.issuer(), id, Client.Origin.METADATA_DOCUMENT);
    }
    Client registered = table.read(key(tenant, origin.issuer()));
    return registered != null && registered.id().equals(id) ? registered : null;
  }

  /** The authorization server does not know the client: the next login registers again. */
  void reject(String tenant, Client client) {
    if (client.origin() == Client.Origin.REGISTERED) {
      table.delete(key(tenant, client.issuer()), client.id());
    }
  }

  private RegistrationTable.Key key(String tenant, String issuer) {
    return new RegistrationTable.Key(tenant, issuer, places.callback());
  }
}
