package io.mcprouter.testkit;

import io.mcprouter.credential.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The databases that the store runs on; each test gets an empty one of its own. */
public enum Database {
  H2 {
    @Override
    StoreSettings create() {
      return settings("jdbc:h2:mem:test" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
    }

    @Override
    void drop(StoreSettings settings) {
      execute(
          org.h2.jdbcx.JdbcConnectionPool.create(settings.url(), "sa", ""), "SHUTDOWN IMMEDIATELY");
    }
  },

  POSTGRESQL {
    @Override
    StoreSettings create() {
      String name = "test" + NUMBER.incrementAndGet();
      execute(Server.RUNNING.getPostgresDatabase(), "CREATE DATABASE " + name);
      return settings(Server.RUNNING.getJdbcUrl("postgres", name));
    }

    @Override
    void drop(StoreSettings settings) {
      String name = settings.url().replaceAll(".*/([a-z0-9]+)\\?.*", "$1");
      execute(Server.RUNNING.getPostgresDatabase(), "DROP DATABASE " + name + " WITH (FORCE)");
    }
  };

  private static final AtomicInteger NUMBER = new AtomicInteger();

  abstract StoreSettings create();

  abstract void drop(StoreSettings settings);

  private static StoreSettings settings(String url) {
    return new StoreSettings(Path.of("unused"), url, null, null, 10);
  }

  private static void execute(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** One server for all tests of this JVM; it ends with it. */
  private static final class Server {
    private static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
