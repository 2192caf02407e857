package io.mcprouter.credential;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Points in time, in the form that both databases' drivers take. */
public final class Times {
  private Times() {}

  /** For a column {@code TIMESTAMP WITH TIME ZONE}. */
  public static OffsetDateTime column(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** The value of a column that may be empty. */
  public static @Nullable Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
