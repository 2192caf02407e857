package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.Times;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logins that wait for an answer, under the hash of their state. */
final class FlowTable {
  private static final String TABLE = "oauth_flows";
  private static final String VERIFIER = "verifier";
  private static final String TARGET = "target";

  private final Store store;
  private final Sealed sealed;
  private final Clock clock;

  FlowTable(Store store, Sealed sealed, Clock clock) {
    this.store = store;
    this.sealed = sealed;
    this.clock = clock;
  }

  /** Keeps a login; an earlier one of the same user at the same server is given up. */
  void insert(String state, Flow flow) {
    store.inTransaction(
        () -> {
          delete(flow.key());
          store
              .jdbc()
              .sql("DELETE FROM oauth_flows WHERE expires_at < :now")
              .param("now", Times.column(clock.instant()))
              .update();
          return write(state, flow);
        });
  }

  private int write(String state, Flow flow) {
    byte[] verifier = sealed.seal(flow.verifier(), flow.key().field(TABLE, VERIFIER));
    return store
        .jdbc()
        .sql(
            """
            INSERT INTO oauth_flows (state_sha256, tenant, user_id, server, browser_sha256,
              verifier, key_id, issuer, names_issuer, issuer_promised, token_endpoint,
              revocation_endpoint, client_id, client_method, redirect_uri, resource, scopes,
              step_ups, expires_at, target)
            VALUES (:state, :tenant, :user, :server, :browser, :verifier, :key, :issuer, :names,
              :promised, :token, :revocation, :client, :method, :redirect, :resource, :scopes,
              :stepUps, :expires, :target)""")
        .param("state", Hashes.sha256(state))
        .param("tenant", flow.key().tenant())
        .param("user", flow.key().user())
        .param("server", flow.key().server())
        .param("browser", flow.browserHash())
        .param(VERIFIER, verifier)
        .param("key", Sealing.keyId(verifier))
        .param(TARGET, sealed.seal(TargetText.of(flow.target()), flow.key().field(TABLE, TARGET)))
        .param("issuer", flow.issuer())
        .param("names", flow.namesIssuer())
        .param("promised", flow.issuerPromised())
        .param("token", flow.tokenEndpoint().toString())
        .param("revocation", Objects.toString(flow.revocationEndpoint(), null))
        .param("client", flow.clientId())
        .param("method", flow.clientMethod().getValue())
        .param("redirect", flow.redirect().toString())
        .param("resource", flow.resource())
        .param("scopes", Scopes.text(flow.scopes()))
        .param("stepUps", flow.stepUps())
        .param("expires", Times.column(flow.expires()))
        .update();
  }

  /** Takes the login out: a second answer with the same state finds none. */
  @Nullable Flow take(String state) {
    String hash = Hashes.sha256(state);
    Optional<Flow> taken =
        store.inTransaction(
            () -> {
              Optional<Flow> flow =
                  store
                      .jdbc()
                      .sql(
                          "SELECT * FROM oauth_flows WHERE state_sha256 = :state"
                              + " AND target IS NOT NULL FOR UPDATE")
                      .param("state", hash)
                      .query((row, at) -> flow(row))
                      .optional()
                      .flatMap(read -> read);
              store
                  .jdbc()
                  .sql("DELETE FROM oauth_flows WHERE state_sha256 = :state")
                  .param("state", hash)
                  .update();
              return flow;
            });
    return taken.filter(flow -> clock.instant().isBefore(flow.expires())).orElse(null);
  }

  int delete(String server) {
    return store
        .jdbc()
        .sql("DELETE FROM oauth_flows WHERE server = :server")
        .param("server", server)
        .update();
  }

  int delete(GrantKey key) {
    return store
        .jdbc()
        .sql(
            "DELETE FROM oauth_flows"
                + " WHERE tenant = :tenant AND user_id = :user AND server = :server")
        .param("tenant", key.tenant())
        .param("user", key.user())
        .param("server", key.server())
        .update();
  }

  /** Empty where a router of another version began the login, and this one cannot end it. */
  private Optional<Flow> flow(ResultSet row) throws SQLException {
    GrantKey key =
        new GrantKey(row.getString("tenant"), row.getString("user_id"), row.getString("server"));
    Optional<OAuthTarget> target =
        TargetText.read(sealed.open(row.getBytes(TARGET), key.field(TABLE, TARGET)));
    return target.isEmpty() ? Optional.empty() : Optional.of(flow(row, key, target.get()));
  }

  private Flow flow(ResultSet row, GrantKey key, OAuthTarget target) throws SQLException {
    return new Flow(
        key,
        target,
        row.getString("browser_sha256"),
        sealed.open(row.getBytes(VERIFIER), key.field(TABLE, VERIFIER)),
        row.getString("issuer"),
        row.getBoolean("names_issuer"),
        row.getBoolean("issuer_promised"),
        URI.create(row.getString("token_endpoint")),
        Columns.uri(row, "revocation_endpoint"),
        row.getString("client_id"),
        ClientAuthenticationMethod.parse(row.getString("client_method")),
        URI.create(row.getString("redirect_uri")),
        row.getString("resource"),
        Scopes.of(row.getString("scopes")),
        row.getInt("step_ups"),
        Columns.time(row, "expires_at"));
  }
}
