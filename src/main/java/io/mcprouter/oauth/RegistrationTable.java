package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.mcprouter.credential.SealedField;
import io.mcprouter.credential.SealedRows;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.Times;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What authorization servers know the router as. */
final class RegistrationTable implements SealedRows {
  private static final String TABLE = "oauth_registrations";
  private static final String WHERE =
      " WHERE tenant = :tenant AND issuer = :issuer AND redirect_uri = :redirect";

  private final Store store;
  private final Sealed sealed;
  private final Clock clock;

  RegistrationTable(Store store, Sealed sealed, Clock clock) {
    this.store = store;
    this.sealed = sealed;
    this.clock = clock;
  }

  /** For whom a registration is. */
  record Key(String tenant, String issuer, URI redirect) {
    private SealedField field() {
      return new SealedField(TABLE, tenant, "", issuer, redirect.toString());
    }
  }

  /** The registration, null where there is none or its secret has run out. */
  @Nullable Client read(Key key) {
    return keyed(
            "SELECT * FROM "
                + TABLE
                + WHERE
                + " AND (secret_expires_at IS NULL OR secret_expires_at > :now)",
            key)
        .param("now", Times.column(clock.instant()))
        .query((row, at) -> client(row, key))
        .optional()
        .orElse(null);
  }

  /** Keeps a registration unless another is there already; the one that is kept counts. */
  Client insert(Key key, Client client, @Nullable Instant expires) {
    return store.inTransaction(
        () -> {
          deleteExpired(key);
          byte[] secret = sealed.sealOrNull(client.secret(), key.field());
          keyed(INSERT, key)
              .param("client", client.id())
              .param("secret", secret)
              .param("key", secret == null ? null : Sealing.keyId(secret))
              .param("method", client.method().getValue())
              .param("expires", expires == null ? null : Times.column(expires))
              .param("now", Times.column(clock.instant()))
              .update();
          Client kept = read(key);
          return kept == null ? client : kept;
        });
  }

  private static final String INSERT =
      """
      INSERT INTO oauth_registrations (tenant, issuer, redirect_uri, client_id, client_secret,
        key_id, method, secret_expires_at, created_at)
      VALUES (:tenant, :issuer, :redirect, :client, :secret, :key, :method, :expires, :now)
      ON CONFLICT DO NOTHING""";

  private void deleteExpired(Key key) {
    keyed("DELETE FROM " + TABLE + WHERE + " AND secret_expires_at <= :now", key)
        .param("now", Times.column(clock.instant()))
        .update();
  }

  /** Drops a registration that its server rejects, and no other that took its place. */
  void delete(Key key, String clientId) {
    keyed("DELETE FROM " + TABLE + WHERE + " AND client_id = :client", key)
        .param("client", clientId)
        .update();
  }

  @Override
  public List<SealedField> notSealedWith(long keyId) {
    return store
        .jdbc()
        .sql("SELECT tenant, issuer, redirect_uri FROM oauth_registrations WHERE key_id <> :key")
        .param("key", keyId)
        .query(
            (row, at) ->
                new Key(
                        row.getString("tenant"),
                        row.getString("issuer"),
                        URI.create(row.getString("redirect_uri")))
                    .field())
        .list();
  }

  @Override
  public void reseal(SealedField place) {
    Key key = new Key(place.tenant(), place.server(), URI.create(place.field()));
    Client client = read(key);
    if (client == null || client.secret() == null) {
      return;
    }
    byte[] secret = sealed.seal(client.secret(), place);
    keyed(
            "UPDATE oauth_registrations SET client_secret = :secret, key_id = :key"
                + WHERE
                + " AND client_id = :client",
            key)
        .param("secret", secret)
        .param("key", Sealing.keyId(secret))
        .param("client", client.id())
        .update();
  }

  private StatementSpec keyed(String sql, Key key) {
    return store
        .jdbc()
        .sql(sql)
        .param("tenant", key.tenant())
        .param("issuer", key.issuer())
        .param("redirect", key.redirect().toString());
  }

  private Client client(ResultSet row, Key key) throws SQLException {
    String id = row.getString("client_id");
    Secret secret = sealed.openOrNull(row.getBytes("client_secret"), key.field());
    return secret == null
        ? Client.open(key.issuer(), id, Client.Origin.REGISTERED)
        : Client.withSecret(
            key.issuer(),
            id,
            Client.Origin.REGISTERED,
            secret,
            ClientAuthenticationMethod.parse(row.getString("method")));
  }

  /** The issuer that a configured client belongs to: the first that it was used with. */
  String issuerOf(String server, String clientId, String issuer) {
    store
        .jdbc()
        .sql(
            "INSERT INTO oauth_client_issuers (server, client_id, issuer)"
                + " VALUES (:server, :client, :issuer) ON CONFLICT DO NOTHING")
        .param("server", server)
        .param("client", clientId)
        .param("issuer", issuer)
        .update();
    return Objects.requireNonNull(issuerOf(server, clientId), "it was written a moment ago");
  }

  /** The same, null where it was used with none yet. */
  @Nullable String issuerOf(String server, String clientId) {
    return store
        .jdbc()
        .sql(
            "SELECT issuer FROM oauth_client_issuers"
                + " WHERE server = :server AND client_id = :client")
        .param("server", server)
        .param("client", clientId)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
