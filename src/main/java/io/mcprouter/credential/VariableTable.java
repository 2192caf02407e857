package io.mcprouter.credential;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of users' variables. Every query takes its owner from the caller. */
final class VariableTable implements SealedRows {
  static final String TABLE = "user_variables";
  private static final Logger LOG = LoggerFactory.getLogger(VariableTable.class);
  private static final String OWN = " tenant = :tenant AND user_id = :user AND server = :server ";

  private final Store store;
  private final Sealing sealing;
  private final Clock clock;

  VariableTable(Store store, Sealing sealing, Clock clock) {
    this.store = store;
    this.sealing = sealing;
    this.clock = clock;
  }

  private JdbcClient.StatementSpec sql(String sql, Owner owner, String server) {
    return store
        .jdbc()
        .sql(sql)
        .param("tenant", owner.tenant())
        .param("user", owner.user())
        .param("server", server);
  }

  private static SealedField place(Owner owner, String server, String name) {
    return new SealedField(TABLE, owner.tenant(), owner.user(), server, name);
  }

  /** Makes everybody else who writes for this owner and server wait, and says the version. */
  long lock(Owner owner, String server) {
    sql(
            """
            INSERT INTO user_variable_sets (tenant, user_id, server, version, updated_at)
            VALUES (:tenant, :user, :server, 0, :now) ON CONFLICT DO NOTHING""",
            owner,
            server)
        .param("now", Times.column(clock.instant()))
        .update();
    return sql("SELECT version FROM user_variable_sets WHERE" + OWN + "FOR UPDATE", owner, server)
        .query(Long.class)
        .single();
  }

  long version(Owner owner, String server) {
    return sql("SELECT version FROM user_variable_sets WHERE" + OWN, owner, server)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  void version(Owner owner, String server, long version) {
    sql(
            "UPDATE user_variable_sets SET version = :version, updated_at = :now WHERE" + OWN,
            owner,
            server)
        .param("version", version)
        .param("now", Times.column(clock.instant()))
        .update();
  }

  void deleteVersion(Owner owner, String server) {
    sql("DELETE FROM user_variable_sets WHERE" + OWN, owner, server).update();
  }

  void delete(Owner owner, String server, Collection<String> names) {
    for (String name : names) {
      sql("DELETE FROM user_variables WHERE" + OWN + "AND name = :name", owner, server)
          .param("name", name)
          .update();
    }
  }

  void insert(Owner owner, String server, String name, String value) {
    byte[] sealed =
        sealing.seal(value.getBytes(StandardCharsets.UTF_8), place(owner, server, name));
    sql(
            """
            INSERT INTO user_variables (tenant, user_id, server, name, sealed, key_id, updated_at)
            VALUES (:tenant, :user, :server, :name, :sealed, :key, :now)""",
            owner,
            server)
        .param("name", name)
        .param("sealed", sealed)
        .param("key", Sealing.keyId(sealed))
        .param("now", Times.column(clock.instant()))
        .update();
  }

  Set<String> names(Owner owner, String server) {
    return new TreeSet<>(
        sql("SELECT name FROM user_variables WHERE" + OWN, owner, server)
            .query(String.class)
            .list());
  }

  Map<String, Set<String>> names(Owner owner) {
    Map<String, Set<String>> byServer = new TreeMap<>();
    store
        .jdbc()
        .sql("SELECT server, name FROM user_variables WHERE tenant = :tenant AND user_id = :user")
        .param("tenant", owner.tenant())
        .param("user", owner.user())
        .query(
            row -> {
              byServer
                  .computeIfAbsent(row.getString("server"), server -> new TreeSet<>())
                  .add(row.getString("name"));
            });
    return byServer;
  }

  /** A value that cannot be opened is as good as missing: its user is asked for it again. */
  Map<String, String> values(Owner owner, String server) {
    Map<String, String> values = new HashMap<>();
    sql("SELECT name, sealed FROM user_variables WHERE" + OWN, owner, server)
        .query(
            row -> {
              String name = row.getString("name");
              try {
                byte[] plain = sealing.unseal(row.getBytes("sealed"), place(owner, server, name));
                values.put(name, new String(plain, StandardCharsets.UTF_8));
              } catch (Sealing.UnsealableException e) {
                LOG.error("Server '{}', variable {}: {}", server, name, e.getMessage());
              }
            });
    return Map.copyOf(values);
  }

  @Override
  public List<SealedField> notSealedWith(long keyId) {
    return store
        .jdbc()
        .sql("SELECT tenant, user_id, server, name FROM user_variables WHERE key_id <> :key")
        .param("key", keyId)
        .query(
            (row, at) ->
                new SealedField(
                    TABLE,
                    row.getString("tenant"),
                    row.getString("user_id"),
                    row.getString("server"),
                    row.getString("name")))
        .list();
  }

  /** The row is locked meanwhile, so a value that its user saves now is not overwritten. */
  @Override
  public void reseal(SealedField place) {
    store.runInTransaction(() -> resealLocked(place));
  }

  private void resealLocked(SealedField place) {
    Owner owner = new Owner(place.tenant(), place.user());
    sql(
            "SELECT sealed FROM user_variables WHERE" + OWN + "AND name = :name FOR UPDATE",
            owner,
            place.server())
        .param("name", place.field())
        .query((row, at) -> row.getBytes("sealed"))
        .optional()
        .ifPresent(
            before -> replace(owner, place, sealing.seal(sealing.unseal(before, place), place)));
  }

  private void replace(Owner owner, SealedField place, byte[] sealed) {
    sql(
            "UPDATE user_variables SET sealed = :sealed, key_id = :key WHERE"
                + OWN
                + "AND name = :name",
            owner,
            place.server())
        .param("name", place.field())
        .param("sealed", sealed)
        .param("key", Sealing.keyId(sealed))
        .update();
  }
}
