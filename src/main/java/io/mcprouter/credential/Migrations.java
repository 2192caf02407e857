package io.mcprouter.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the tables to the form that this version of the router knows. Flyway costs more than the
 * rest of the start together, so it is loaded only where a script has not been run yet.
 */
final class Migrations {
  private static final String LOCATION = "classpath:db/migration/common";

  private Migrations() {}

  static void run(DataSource database, JdbcClient jdbc) {
    if (!done(jdbc).containsAll(scripts())) {
      Flyway.configure()
          .dataSource(database)
          .locations(LOCATION)
          .communityDBSupportEnabled(false)
          .load()
          .migrate();
    }
  }

  private static Set<String> scripts() {
    try {
      Set<String> names = new HashSet<>();
      for (Resource script :
          new PathMatchingResourcePatternResolver().getResources(LOCATION + "/V*.sql")) {
        names.add(String.valueOf(script.getFilename()));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("The scripts in " + LOCATION + " cannot be listed", e);
    }
  }

  /** The scripts that were run; none where nobody has asked Flyway yet. */
  private static Set<String> done(JdbcClient jdbc) {
    try {
      return new HashSet<>(
          jdbc.sql("SELECT script FROM flyway_schema_history WHERE success = TRUE")
              .query(String.class)
              .list());
    } catch (DataAccessException noTableYet) {
      return Set.of();
    }
  }
}
