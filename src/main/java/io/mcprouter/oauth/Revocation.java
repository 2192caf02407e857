package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import io.mcprouter.config.Authorization;
import io.mcprouter.credential.Store;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes rights away (RFC 7009). */
final class Revocation {
  private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);

  private final Store store;
  private final GrantTable grants;
  private final LoginTable logins;
  private final FlowTable flows;
  private final Clients clients;
  private final AuthorizationHttp http;

  Revocation(
      Store store,
      GrantTable grants,
      LoginTable logins,
      FlowTable flows,
      Clients clients,
      AuthorizationHttp http) {
    this.store = store;
    this.grants = grants;
    this.logins = logins;
    this.flows = flows;
    this.clients = clients;
    this.http = http;
  }

  /** The server as the one sees it who gives the right back. */
  @FunctionalInterface
  interface Resolved {
    OAuthTarget target() throws McpFailure;
  }

  /** Deletes all that is kept of a right; null where there was none. A refresh is waited for. */
  @Nullable Grant delete(GrantKey key) {
    return store
        .inTransaction(
            () -> {
              Grant grant = grants.lock(key, Authorization.DEFAULT_WAIT);
              grants.delete(key);
              logins.delete(key);
              flows.delete(key);
              return Optional.ofNullable(grant);
            })
        .orElse(null);
  }

  /** Deletes what is kept of a login that is not finished. */
  void cancel(GrantKey key) {
    store.inTransaction(
        () -> {
          logins.delete(key);
          return flows.delete(key);
        });
  }

  /** Deletes what is kept of everybody's logins at a server that are not finished. */
  void withdraw(String server) {
    int deleted = store.inTransaction(() -> logins.deleteOpen(server) + flows.delete(server));
    if (deleted > 0) {
      LOG.info("Server '{}': its entry is another now; open logins were taken back", server);
    }
  }

  /** Tells the authorization server; that it does not hear brings nothing back. */
  void tell(GrantKey key, Resolved resolved, Grant grant) {
    try {
      OAuthTarget target = resolved.target();
      Client client = clients.known(key.tenant(), target, grant.origin());
      URI endpoint = client == null ? null : endpoint(target, client, grant);
      if (endpoint == null || client == null || grant.needsLogin()) {
        return;
      }
      if (grant.refresh() != null) {
        send(endpoint, client, new RefreshToken(grant.refresh().value()), target);
      }
      send(endpoint, client, new BearerAccessToken(grant.access().value()), target);
    } catch (OAuthFailure | McpFailure e) {
      LOG.warn(
          "A login at server '{}' was removed, but its authorization server was not told: {}",
          key.server(),
          e.getMessage());
    }
  }

  /**
   * Where a right is given back. What the entry says of it is for the entry's own client alone: a
   * client that the router registered shows its secret to nobody but its issuer.
   */
  private static @Nullable URI endpoint(OAuthTarget target, Client client, Grant grant)
      throws OAuthFailure {
    URI known = grant.origin().revocationEndpoint();
    return target.settings() == null || client.origin() != Client.Origin.CONFIGURED
        ? known
        : ConfiguredServer.revocation(target.settings(), known);
  }

  private void send(URI endpoint, Client client, Token token, OAuthTarget target)
      throws OAuthFailure {
    ClientAuthentication proof = client.authentication();
    TokenRevocationRequest request =
        proof == null
            ? new TokenRevocationRequest(endpoint, client.clientId(), token)
            : new TokenRevocationRequest(endpoint, proof, token);
    AuthorizationHttp.Answer answer = http.send(request.toHTTPRequest(), target, client.issuer());
    if (answer.status() != 200) {
      LOG.warn(
          "The authorization server of '{}' revoked nothing (HTTP {})",
          target.server(),
          answer.status());
    }
  }
}
