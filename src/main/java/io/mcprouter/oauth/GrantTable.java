package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.mcprouter.credential.SealedField;
import io.mcprouter.credential.SealedRows;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.Times;
import io.mcprouter.credential.Vendor;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The users' rights in the store. */
final class GrantTable implements SealedRows {
  private static final String TABLE = "oauth_grants";
  private static final String ACCESS = "access_token";
  private static final String REFRESH = "refresh_token";
  private static final String WHERE =
      " WHERE tenant = :tenant AND user_id = :user AND server = :server";

  private final Store store;
  private final Sealed sealed;

  GrantTable(Store store, Sealed sealed) {
    this.store = store;
    this.sealed = sealed;
  }

  @Nullable Grant read(GrantKey key) {
    return read(key, "");
  }

  /** Reads and keeps others from writing until the transaction of this thread ends. */
  @Nullable Grant lock(GrantKey key, Duration wait) {
    if (store.vendor() == Vendor.POSTGRESQL) {
      store.jdbc().sql("SET LOCAL lock_timeout = " + wait.toMillis()).update();
    }
    return read(key, " FOR UPDATE");
  }

  private @Nullable Grant read(GrantKey key, String how) {
    return keyed("SELECT * FROM " + TABLE + WHERE + how, key)
        .query((row, at) -> grant(row, key))
        .optional()
        .orElse(null);
  }

  /** Writes a right over the one that may be there. */
  void put(GrantKey key, Grant grant) {
    store.inTransaction(
        () -> {
          boolean isNew = all(INSERT, key, grant).update() == 1;
          return isNew || update(key, grant);
        });
  }

  private static final String INSERT =
      """
      INSERT INTO oauth_grants (tenant, user_id, server, url_sha256, issuer, resource,
        token_endpoint, revocation_endpoint, client_id, client_method, scopes, access_token,
        refresh_token, key_id, refresh_at, expires_at, needs_login, step_ups, version, updated_at)
      VALUES (:tenant, :user, :server, :url, :issuer, :resource, :token, :revocation, :client,
        :method, :scopes, :access, :refresh, :key, :refreshAt, :expiresAt, :needsLogin, :stepUps,
        1, :updatedAt)
      ON CONFLICT DO NOTHING""";

  private static final String UPDATE =
      """
      UPDATE oauth_grants SET url_sha256 = :url, issuer = :issuer, resource = :resource,
        token_endpoint = :token, revocation_endpoint = :revocation, client_id = :client,
        client_method = :method, scopes = :scopes, access_token = :access,
        refresh_token = :refresh, key_id = :key, refresh_at = :refreshAt,
        expires_at = :expiresAt, needs_login = :needsLogin, step_ups = :stepUps,
        version = version + 1, updated_at = :updatedAt"""
          + WHERE;

  /** Whether the right is still there to be changed. */
  boolean update(GrantKey key, Grant grant) {
    return all(UPDATE, key, grant).update() == 1;
  }

  void delete(GrantKey key) {
    keyed("DELETE FROM " + TABLE + WHERE, key).update();
  }

  /** Both tokens of a right are sealed together; one place stands for them. */
  @Override
  public List<SealedField> notSealedWith(long keyId) {
    return store
        .jdbc()
        .sql("SELECT tenant, user_id, server FROM oauth_grants WHERE key_id <> :key")
        .param("key", keyId)
        .query(
            (row, at) ->
                new GrantKey(
                        row.getString("tenant"), row.getString("user_id"), row.getString("server"))
                    .field(TABLE, ACCESS))
        .list();
  }

  @Override
  public void reseal(SealedField place) {
    GrantKey key = new GrantKey(place.tenant(), place.user(), place.server());
    store.inTransaction(
        () -> {
          Grant grant = read(key, " FOR UPDATE");
          return grant != null && update(key, grant);
        });
  }

  private StatementSpec keyed(String sql, GrantKey key) {
    return store
        .jdbc()
        .sql(sql)
        .param("tenant", key.tenant())
        .param("user", key.user())
        .param("server", key.server());
  }

  private StatementSpec all(String sql, GrantKey key, Grant grant) {
    Grant.Origin origin = grant.origin();
    byte[] access = sealed.seal(grant.access(), key.field(TABLE, ACCESS));
    return keyed(sql, key)
        .param("url", origin.urlHash())
        .param("issuer", origin.issuer())
        .param("resource", origin.resource())
        .param("token", origin.tokenEndpoint().toString())
        .param("revocation", Objects.toString(origin.revocationEndpoint(), null))
        .param("client", origin.clientId())
        .param("method", origin.clientMethod().getValue())
        .param("scopes", Scopes.text(grant.scopes()))
        .param("access", access)
        .param("refresh", sealed.sealOrNull(grant.refresh(), key.field(TABLE, REFRESH)))
        .param("key", Sealing.keyId(access))
        .param("refreshAt", Times.column(grant.refreshAt()))
        .param("expiresAt", Times.column(grant.expiresAt()))
        .param("needsLogin", grant.needsLogin())
        .param("stepUps", grant.stepUps())
        .param("updatedAt", Times.column(grant.updatedAt()));
  }

  private Grant grant(ResultSet row, GrantKey key) throws SQLException {
    return new Grant(
        new Grant.Origin(
            row.getString("url_sha256"),
            row.getString("issuer"),
            row.getString("resource"),
            URI.create(row.getString("token_endpoint")),
            Columns.uri(row, "revocation_endpoint"),
            row.getString("client_id"),
            ClientAuthenticationMethod.parse(row.getString("client_method"))),
        Scopes.of(row.getString("scopes")),
        sealed.open(row.getBytes(ACCESS), key.field(TABLE, ACCESS)),
        sealed.openOrNull(row.getBytes(REFRESH), key.field(TABLE, REFRESH)),
        Columns.time(row, "refresh_at"),
        Columns.time(row, "expires_at"),
        row.getBoolean("needs_login"),
        row.getInt("step_ups"),
        Columns.time(row, "updated_at"));
  }
}
