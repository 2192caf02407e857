package io.mcprouter.credential;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of the audit log: added, read, and removed when they are old; never changed. */
final class AuditTable {
  private static final String INSERT =
      """
      INSERT INTO audit_log (at, tenant, actor, source, action, server, tool, outcome, error_code,
                             duration_micros, trace_id, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
  private static final int NAME = 255;
  private static final int ID = 512;
  private static final int LABEL = 64;
  private static final int DETAILS = 4_100;
  private static final int NANOS_PER_MICRO = 1_000;

  private final Store store;
  private final JdbcTemplate batches;

  AuditTable(Store store) {
    this.store = store;
    this.batches = new JdbcTemplate(store.dataSource());
  }

  void insert(List<AuditEntry> entries) {
    store.runInTransaction(
        () -> batches.batchUpdate(INSERT, entries.stream().map(AuditTable::columns).toList()));
  }

  private static @Nullable Object[] columns(AuditEntry entry) {
    Duration duration = entry.duration();
    return new @Nullable Object[] {
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

  List<Row> find(AuditFilter filter, long before, int most) {
    StringBuilder where = new StringBuilder("SELECT * FROM audit_log WHERE id < :before");
    Map<String, Object> values = new HashMap<>();
    values.put("before", before);
    values.put("most", most);
    also(where, values, "tenant", "tenant = :tenant", filter.tenant());
    also(where, values, "actor", "actor = :actor", filter.actor());
    also(where, values, "action", "action = :action", filter.action());
    also(where, values, "server", "server = :server", filter.server());
    also(where, values, "tool", "tool = :tool", filter.tool());
    also(where, values, "outcome", "outcome = :outcome", filter.outcome());
    also(where, values, "from", "at >= :from", column(filter.from()));
    also(where, values, "until", "at < :until", column(filter.until()));
    String sql = where.append(" ORDER BY id DESC LIMIT :most").toString();
    return store.jdbc().sql(sql).params(values).query((row, at) -> row(row)).list();
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

  private static @Nullable Object column(@Nullable Instant time) {
    return time == null ? null : Times.column(time);
  }

  int deleteBefore(Instant oldest) {
    return store
        .jdbc()
        .sql("DELETE FROM audit_log WHERE at < :oldest")
        .param("oldest", Times.column(oldest))
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
