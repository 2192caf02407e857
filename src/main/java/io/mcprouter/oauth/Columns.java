package io.mcprouter.oauth;

import io.mcprouter.credential.Times;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads columns. */
final class Columns {
  private Columns() {}

  static @Nullable URI uri(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : URI.create(text);
  }

  /** Of a column that is never empty. */
  static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Times.read(row, column), column);
  }
}
