package io.mcprouter.wiring;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where users' secrets, keys and the audit log are kept.
 *
 * @param data directory of the router's own database file, and of a generated master key
 * @param url JDBC URL of a PostgreSQL database, in place of the file
 * @param user the database's user
 * @param password the user's password
 * @param poolSize most connections to the database at once
 * @param masterKeyFile file that holds the key that all secrets are sealed with
 * @param masterKey that key itself; the environment variable MCP_ROUTER_MASTER_KEY is the same
 * @param auditRetention how long entries of the audit log are kept
 */
public record StoreProperties(
    @DefaultValue("data") Path data,
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @DefaultValue("10") int poolSize,
    @Nullable Path masterKeyFile,
    @Nullable String masterKey,
    @DefaultValue("90d") Duration auditRetention) {
  /** Hides what is secret. */
  @Override
  public String toString() {
    return "StoreProperties[" + (url == null ? data : "a database by its URL") + "]";
  }
}
