package io.mcprouter.credential;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of servers that users added. Every query takes its owner from the caller. */
final class UserServerTable implements SealedRows {
  static final String TABLE = "user_servers";
  private static final String ENTRY = "entry";
  private static final Logger LOG = LoggerFactory.getLogger(UserServerTable.class);
  private static final String OWN = " tenant = :tenant AND user_id = :user ";
  private static final String ONE = OWN + "AND name = :name ";

  private final Store store;
  private final Sealing sealing;
  private final Clock clock;

  UserServerTable(Store store, Sealing sealing, Clock clock) {
    this.store = store;
    this.sealing = sealing;
    this.clock = clock;
  }

  private JdbcClient.StatementSpec sql(String sql, Owner owner) {
    return store.jdbc().sql(sql).param("tenant", owner.tenant()).param("user", owner.user());
  }

  private static SealedField place(Owner owner, String name) {
    return new SealedField(TABLE, owner.tenant(), owner.user(), name, ENTRY);
  }

  /** Makes everybody else who writes for this owner wait. */
  void lock(Owner owner) {
    sql(
            """
            INSERT INTO user_server_sets (tenant, user_id) VALUES (:tenant, :user)
            ON CONFLICT DO NOTHING""",
            owner)
        .update();
    sql("SELECT tenant FROM user_server_sets WHERE" + OWN + "FOR UPDATE", owner)
        .query(String.class)
        .single();
  }

  List<String> names(Owner owner) {
    return sql("SELECT name FROM user_servers WHERE" + OWN + "ORDER BY name", owner)
        .query(String.class)
        .list();
  }

  void insert(Owner owner, String name, String entry) {
    byte[] sealed = sealing.seal(entry.getBytes(StandardCharsets.UTF_8), place(owner, name));
    sql(
            """
            INSERT INTO user_servers (tenant, user_id, name, sealed, key_id, updated_at)
            VALUES (:tenant, :user, :name, :sealed, :key, :now)""",
            owner)
        .param("name", name)
        .param("sealed", sealed)
        .param("key", Sealing.keyId(sealed))
        .param("now", Times.column(clock.instant()))
        .update();
  }

  boolean delete(Owner owner, String name) {
    return sql("DELETE FROM user_servers WHERE" + ONE, owner).param("name", name).update() > 0;
  }

  List<UserServers.Entry> all(Owner owner) {
    return sql(
            "SELECT name, sealed, updated_at FROM user_servers WHERE" + OWN + "ORDER BY name",
            owner)
        .query(
            (row, at) ->
                new UserServers.Entry(
                    row.getString("name"),
                    opened(owner, row.getString("name"), row.getBytes("sealed")),
                    Objects.requireNonNull(Times.read(row, "updated_at"))))
        .list();
  }

  /** An entry that cannot be opened is there all the same: its user can replace or remove it. */
  private @Nullable String opened(Owner owner, String name, byte[] sealed) {
    try {
      return new String(sealing.unseal(sealed, place(owner, name)), StandardCharsets.UTF_8);
    } catch (Sealing.UnsealableException e) {
      LOG.error("Server '{}' that a user added: {}", name, e.getMessage());
      return null;
    }
  }

  @Override
  public List<SealedField> notSealedWith(long keyId) {
    return store
        .jdbc()
        .sql("SELECT tenant, user_id, name FROM user_servers WHERE key_id <> :key")
        .param("key", keyId)
        .query(
            (row, at) ->
                place(
                    new Owner(row.getString("tenant"), row.getString("user_id")),
                    row.getString("name")))
        .list();
  }

  /** The row is locked meanwhile, so an entry that its user saves now is not overwritten. */
  @Override
  public void reseal(SealedField place) {
    store.runInTransaction(() -> resealLocked(place));
  }

  private void resealLocked(SealedField place) {
    Owner owner = new Owner(place.tenant(), place.user());
    Optional<byte[]> before =
        sql("SELECT sealed FROM user_servers WHERE" + ONE + "FOR UPDATE", owner)
            .param("name", place.server())
            .query((row, at) -> row.getBytes("sealed"))
            .optional();
    if (before.isPresent()) {
      byte[] sealed = sealing.seal(sealing.unseal(before.get(), place), place);
      sql("UPDATE user_servers SET sealed = :sealed, key_id = :key WHERE" + ONE, owner)
          .param("name", place.server())
          .param("sealed", sealed)
          .param("key", Sealing.keyId(sealed))
          .update();
    }
  }
}
