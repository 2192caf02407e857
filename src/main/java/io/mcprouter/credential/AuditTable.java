package io.mcprouter.credential;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the audit log: added, read, and removed when they are old; never changed. */
final class AuditTable {
  private static final String INSERT =
      """
      INSERT INTO audit_log (id, at, tenant, actor, source, action, server, tool, outcome, error_code,
                             duration_micros, trace_id, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  /** Given, since Spring would ask the driver for the type of each null. */
  private static final int[] TYPES = {
    Types.BIGINT,
    Types.TIMESTAMP_WITH_TIMEZONE,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.INTEGER,
    Types.BIGINT,
    Types.VARCHAR,
    Types.VARCHAR
  };

  private static final Duration TO_SEARCH = Duration.ofSeconds(10);
  private static final int NAME = 255;
  private static final int ID = 512;
  private static final int LABEL = 64;
  private static final int DETAILS = 4_100;
  private static final int NANOS_PER_MICRO = 1_000;

  private final Store store;
  private final JdbcTemplate batches;
  private final JdbcClient bounded;
  private final AuditKeys keys;

  AuditTable(Store store) {
    this(store, new AuditKeys(), TO_SEARCH);
  }

  AuditTable(Store store, AuditKeys keys, Duration toSearch) {
    this.store = store;
    this.batches = new JdbcTemplate(store.dataSource());
    JdbcTemplate searches = new JdbcTemplate(store.dataSource());
    searches.setQueryTimeout((int) toSearch.toSeconds());
    this.bounded = JdbcClient.create(searches);
    this.keys = keys;
  }

  /** Adds entries, all or none. Called by one thread. */
  void insert(List<AuditEntry> entries) {
    try {
      insertAs(entries);
    } catch (DuplicateKeyException taken) {
      keys.another();
      insertAs(entries);
    }
  }

  private void insertAs(List<AuditEntry> entries) {
    List<@Nullable Object[]> rows = entries.stream().map(this::columns).toList();
    store.runInTransaction(() -> batches.batchUpdate(INSERT, rows, TYPES));
  }

  private @Nullable Object[] columns(AuditEntry entry) {
    Duration duration = entry.duration();
    return new @Nullable Object[] {
      keys.of(entry.at()),
      Times.column(entry.at()),
      cut(entry.tenant(), NAME),
      cut(entry.actor(), ID),
      cut(entry.source(), LABEL / 2),
      cut(entry.action(), LABEL),
      cut(entry.server(), NAME),
      cut(entry.tool(), NAME),
      cut(entry.outcome(), LABEL),
      entry.errorCode(),
      duration == null ? null : duration.toNanos() / NANOS_PER_MICRO,
      cut(entry.traceId(), LABEL),
      cut(entry.details(), DETAILS)
    };
  }

  /** Names come from clients: they may be long, and may hold what PostgreSQL cannot keep. */
  private static @Nullable String cut(@Nullable String text, int length) {
    if (text == null) {
      return null;
    }
    String fit = text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
    return fit.length() <= length ? fit : fit.substring(0, length);
  }

  /**
   * Rows, the newest first. Only time is looked up; everything else is looked for, row by row.
   *
   * @throws QueryTimeoutException if there is more to look through than ten seconds suffice for
   */
  List<Row> find(AuditFilter filter, long before, int most) {
    StringBuilder where =
        new StringBuilder("SELECT * FROM audit_log WHERE id >= :from AND id < :before");
    Map<String, Object> values = new HashMap<>();
    values.put("from", filter.from() == null ? 0 : AuditKeys.atOrAfter(filter.from()));
    values.put(
        "before",
        filter.until() == null ? before : Math.min(before, AuditKeys.atOrAfter(filter.until())));
    values.put("most", most);
    also(where, values, "tenant", "tenant = :tenant", filter.tenant());
    also(where, values, "actor", "actor = :actor", filter.actor());
    also(where, values, "action", "action = :action", filter.action());
    also(where, values, "server", "server = :server", filter.server());
    also(where, values, "tool", "tool = :tool", filter.tool());
    also(where, values, "outcome", "outcome = :outcome", filter.outcome());
    String sql = where.append(" ORDER BY id DESC LIMIT :most").toString();
    return bounded.sql(sql).params(values).query((row, at) -> row(row)).list();
  }

  private static void also(
      StringBuilder where,
      Map<String, Object> values,
      String name,
      String condition,
      @Nullable Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      values.put(name, value);
    }
  }

  int deleteBefore(Instant oldest) {
    return store
        .jdbc()
        .sql("DELETE FROM audit_log WHERE id < :oldest")
        .param("oldest", AuditKeys.atOrAfter(oldest))
        .update();
  }

  private static Row row(ResultSet row) throws SQLException {
    long micros = row.getLong("duration_micros");
    Duration duration = row.wasNull() ? null : Duration.ofNanos(micros * NANOS_PER_MICRO);
    int code = row.getInt("error_code");
    @Nullable Integer errorCode = row.wasNull() ? null : code;
    return new Row(
        row.getLong("id"),
        new AuditEntry(
            Objects.requireNonNull(Times.read(row, "at")),
            row.getString("tenant"),
            row.getString("actor"),
            row.getString("source"),
            row.getString("action"),
            row.getString("server"),
            row.getString("tool"),
            row.getString("outcome"),
            errorCode,
            duration,
            row.getString("trace_id"),
            row.getString("details")));
  }

  record Row(long id, AuditEntry entry) {
    @Override
    public String toString() {
      return "Row[" + id + "]";
    }
  }
}
