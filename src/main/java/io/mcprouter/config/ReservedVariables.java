package io.mcprouter.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The router's own secrets, which Spring reads too, and those that LibreChat keeps for itself. */
final class ReservedVariables {
  private static final List<String> PREFIXES =
      List.of("MCP_ROUTER_", "SPRING_", "SERVER_SSL_", "MANAGEMENT_SERVER_SSL_");

  private static final Set<String> NAMES =
      Set.of(
          "JWT_SECRET",
          "JWT_REFRESH_SECRET",
          "CREDS_KEY",
          "CREDS_IV",
          "MEILI_MASTER_KEY",
          "MONGO_URI",
          "REDIS_URI",
          "REDIS_PASSWORD");

  private ReservedVariables() {}

  static boolean contain(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return NAMES.contains(upper) || PREFIXES.stream().anyMatch(upper::startsWith);
  }
}
