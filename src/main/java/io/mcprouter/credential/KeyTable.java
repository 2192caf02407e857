package io.mcprouter.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of API keys. */
final class KeyTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
  private static final TypeReference<Set<String>> NAMES = new TypeReference<>() {};
  private static final String SELECT = "SELECT * FROM api_keys ";
  private static final String NEWEST_FIRST = " ORDER BY created_at DESC, id";

  private final Store store;

  KeyTable(Store store) {
    this.store = store;
  }

  void insert(IssuedKey key, byte[] secretHash) {
    store
        .jdbc()
        .sql(
            """
            INSERT INTO api_keys (tenant, user_id, id, secret_sha256, label, user_fields, roles,
                                  scopes, created_at, expires_at)
            VALUES (:tenant, :user, :id, :hash, :label, :fields, :roles,
                    :scopes, :created, CAST(:expires AS TIMESTAMP WITH TIME ZONE))""")
        .param("tenant", key.owner().tenant())
        .param("user", key.owner().user())
        .param("id", key.id())
        .param("hash", secretHash)
        .param("label", key.label())
        .param("fields", written(new TreeMap<>(key.fields())))
        .param("roles", written(new TreeSet<>(key.roles())))
        .param("scopes", written(new TreeSet<>(key.scopes())))
        .param("created", Times.column(key.createdAt()))
        .param("expires", column(key.expiresAt()))
        .update();
  }

  private static @Nullable OffsetDateTime column(@Nullable Instant time) {
    return time == null ? null : Times.column(time);
  }

  Optional<Row> find(String id) {
    return store
        .jdbc()
        .sql(SELECT + "WHERE id = :id")
        .param("id", id)
        .query((row, at) -> new Row(key(row), row.getBytes("secret_sha256")))
        .optional();
  }

  List<IssuedKey> list() {
    return store.jdbc().sql(SELECT + NEWEST_FIRST).query((row, at) -> key(row)).list();
  }

  List<IssuedKey> list(Owner owner) {
    return store
        .jdbc()
        .sql(SELECT + "WHERE tenant = :tenant AND user_id = :user" + NEWEST_FIRST)
        .param("tenant", owner.tenant())
        .param("user", owner.user())
        .query((row, at) -> key(row))
        .list();
  }

  boolean revoke(Owner owner, String id, Instant now) {
    return store
            .jdbc()
            .sql(
                """
                UPDATE api_keys SET revoked_at = :now
                WHERE tenant = :tenant AND user_id = :user AND id = :id AND revoked_at IS NULL""")
            .param("now", Times.column(now))
            .param("tenant", owner.tenant())
            .param("user", owner.user())
            .param("id", id)
            .update()
        == 1;
  }

  /** Of several nodes the latest use counts. */
  void lastUsed(String id, Instant at) {
    store
        .jdbc()
        .sql(
            """
            UPDATE api_keys SET last_used_at = :at
            WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)""")
        .param("at", Times.column(at))
        .param("id", id)
        .update();
  }

  private static IssuedKey key(ResultSet row) throws SQLException {
    return new IssuedKey(
        row.getString("id"),
        new Owner(row.getString("tenant"), row.getString("user_id")),
        read(row.getString("user_fields"), FIELDS),
        row.getString("label"),
        read(row.getString("roles"), NAMES),
        read(row.getString("scopes"), NAMES),
        Objects.requireNonNull(Times.read(row, "created_at")),
        Times.read(row, "expires_at"),
        Times.read(row, "revoked_at"),
        Times.read(row, "last_used_at"));
  }

  private static String written(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An API key's rights cannot be written", e);
    }
  }

  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      e.clearLocation(); // the location quotes what could not be read
      throw new IllegalStateException("An API key's row was changed by somebody else", e);
    }
  }

  /** A key and the hash that proves it. */
  static final class Row {
    private final IssuedKey key;
    private final byte[] secretHash;

    private Row(IssuedKey key, byte[] secretHash) {
      this.key = key;
      this.secretHash = secretHash;
    }

    IssuedKey key() {
      return key;
    }

    boolean isProvedBy(KeyText presented) {
      return presented.proves(secretHash);
    }
  }
}
