package io.mcprouter.credential;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is.
 *
 * @param data directory of the H2 file and of a generated master key
 * @param url JDBC URL of a PostgreSQL database; null for the H2 file in the data directory
 * @param user the database's user; null where the URL says it or none is needed
 * @param password the user's password
 * @param poolSize most connections at once
 */
public record StoreSettings(
    Path data,
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize) {
  /** As many connections as a node needs at most, unless it is told otherwise. */
  public static final int DEFAULT_POOL_SIZE = 10;

  /** An H2 file in a directory. */
  public static StoreSettings inDirectory(Path data) {
    return new StoreSettings(data, null, null, null, DEFAULT_POOL_SIZE);
  }

  /** Hides what may be secret: a URL can hold a password too. */
  @Override
  public String toString() {
    return "StoreSettings[" + (url == null ? data : "a database by its URL") + "]";
  }
}
