package io.mcprouter.credential;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database: an H2 file that several processes may open at once, or PostgreSQL. Its tables are
 * there once it is open.
 */
public final class Store implements AutoCloseable {
  private static final int OLDEST_POSTGRESQL = 15;
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(10);
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000"
          + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  /** PostgreSQL's driver: a batch of inserts becomes inserts of many rows. */
  private static final String MANY_ROWS_IN_ONE_STATEMENT = "reWriteBatchedInserts";

  /** What PostgreSQL shows its administrator of the connection that waits for news. */
  private static final String NEWS = "mcp-router news";

  /** Where H2's server for other processes listens; read once, when H2's classes are loaded. */
  private static final String H2_BIND_ADDRESS = "h2.bindAddress";

  static {
    System.setProperty(H2_BIND_ADDRESS, "127.0.0.1");
  }

  private final StoreSettings settings;
  private final String url;
  private final Vendor vendor;
  private final @Nullable DataDirectory directory;
  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  private Store(StoreSettings settings) {
    this.settings = settings;
    this.directory = settings.url() == null ? DataDirectory.open(settings.data()) : null;
    this.url = directory == null ? given(String.valueOf(settings.url())) : file(directory);
    this.vendor = Vendor.ofUrl(url);
    this.pool = exclusively(this::connect);
    this.jdbc = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  /**
   * Opens the store and brings its tables up to date.
   *
   * @throws StoreException if it cannot be opened, with what to do about it
   */
  public static Store open(StoreSettings settings) {
    return new Store(settings);
  }

  private static String given(String url) {
    return Vendor.ofUrl(url) == Vendor.H2 ? url + H2_OPTIONS : url;
  }

  /** The file is shared with other processes: the first opens it, the others reach it there. */
  private static String file(DataDirectory directory) {
    return "jdbc:h2:file:" + directory.path().resolve("router") + ";AUTO_SERVER=TRUE" + H2_OPTIONS;
  }

  private HikariDataSource connect() {
    HikariDataSource opened = null;
    try {
      opened = new HikariDataSource(poolSettings());
      checkVersion(opened);
      Migrations.run(opened, JdbcClient.create(opened));
      return opened;
    } catch (HikariPool.PoolInitializationException | SQLException e) {
      close(opened);
      throw unreachable(e);
    } catch (FlywayException e) {
      close(opened);
      throw new StoreException(
          "The tables in " + place() + " cannot be brought up to date: " + e.getMessage(),
          "Give the database's user the right to make tables; a newer router's database cannot be"
              + " opened by an older one.",
          e);
    } catch (RuntimeException e) {
      close(opened);
      throw e;
    }
  }

  private static void close(@Nullable HikariDataSource opened) {
    if (opened != null) {
      opened.close();
    }
  }

  private HikariConfig poolSettings() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(url);
    config.setUsername(userOrDefault());
    config.setPassword(settings.password() == null ? "" : settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    if (vendor == Vendor.POSTGRESQL) {
      config.addDataSourceProperty(MANY_ROWS_IN_ONE_STATEMENT, true);
    }
    return config;
  }

  private @Nullable String userOrDefault() {
    return settings.user() == null && vendor == Vendor.H2 ? "sa" : settings.user();
  }

  private void checkVersion(DataSource opened) throws SQLException {
    try (Connection connection = opened.getConnection()) {
      DatabaseMetaData about = connection.getMetaData();
      if (vendor == Vendor.POSTGRESQL && about.getDatabaseMajorVersion() < OLDEST_POSTGRESQL) {
        throw new StoreException(
            "The database at "
                + place()
                + " is PostgreSQL "
                + about.getDatabaseProductVersion()
                + "; the router needs "
                + OLDEST_POSTGRESQL
                + " or newer.",
            "Upgrade the database, or name another in mcp-router.store.url.");
      }
    }
  }

  private StoreException unreachable(Exception e) {
    return new StoreException(
        "The database at " + place() + " cannot be opened: " + e.getMessage(),
        vendor == Vendor.POSTGRESQL
            ? "Check mcp-router.store.url, user and password, and whether the database runs."
            : "Check whether this user may write there, and whether a router of another version"
                + " has it open.",
        e);
  }

  /** The place without its parameters, which can hold a password. */
  private String place() {
    return directory == null
        ? url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//")
        : directory.path().toString();
  }

  /** One process at a time where processes share a directory; at once where a server decides. */
  <T extends @Nullable Object> T exclusively(Supplier<T> action) {
    return directory == null ? action.get() : directory.exclusively(action);
  }

  public Vendor vendor() {
    return vendor;
  }

  /** The directory of the H2 file; null where the database is elsewhere. */
  @Nullable Path directory() {
    return directory == null ? null : directory.path();
  }

  /** Statements; within {@link #inTransaction} they belong to the transaction of the thread. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Most connections at once: who holds one while waiting for others must leave some. */
  public int poolSize() {
    return settings.poolSize();
  }

  /** Does something as a whole or, where it throws, not at all. */
  public <T> T inTransaction(Supplier<T> action) {
    return Objects.requireNonNull(transactions.execute(status -> action.get()), "result");
  }

  /** The same for what has no result. */
  public void runInTransaction(Runnable action) {
    transactions.executeWithoutResult(status -> action.run());
  }

  /**
   * Makes what was committed survive the end of this process and of the machine. PostgreSQL does so
   * with every commit; H2 writes half a second later, unless it is told.
   */
  void flush() {
    if (vendor == Vendor.H2) {
      jdbc.sql("CHECKPOINT SYNC").update();
    }
  }

  /** PostgreSQL's connection beside the pool, for news; the caller closes it. */
  Connection dedicatedConnection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", NEWS);
    String user = userOrDefault();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password());
    }
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public void close() {
    pool.close();
  }
}
