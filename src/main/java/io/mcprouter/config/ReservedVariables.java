package io.mcprouter.config;

import java.util.Set;

/** The secrets that no prefix covers: Spring's, and those that LibreChat keeps for itself. */
final class ReservedVariables {
  static final Set<String> NAMES =
      Set.of(
          "SPRING_DATASOURCE_PASSWORD",
          "SPRING_DATASOURCE_URL",
          "SPRING_DATASOURCE_USERNAME",
          "JWT_SECRET",
          "JWT_REFRESH_SECRET",
          "CREDS_KEY",
          "CREDS_IV",
          "MEILI_MASTER_KEY",
          "MONGO_URI",
          "REDIS_URI",
          "REDIS_PASSWORD");

  private ReservedVariables() {}
}
