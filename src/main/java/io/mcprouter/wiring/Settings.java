package io.mcprouter.wiring;

import io.mcprouter.endpoint.EndpointSettings;
import io.mcprouter.session.SessionSettings;
import io.mcprouter.transport.spi.ConnectionOptions;
import java.time.Duration;

/** The properties in the form that each part takes. */
final class Settings {
  private static final int LAST_PORT = 65_535;

  private Settings() {}

  static EndpointSettings endpoint(McpRouterProperties properties) {
    McpRouterProperties.Clients clients = properties.clients();
    check(properties.port());
    check(clients);
    return new EndpointSettings(
        properties.host(),
        properties.port(),
        properties.publicUrl(),
        properties.allowedOrigins(),
        new EndpointSettings.Limits(
            clients.maxMessageBytes(),
            clients.maxDepth(),
            clients.maxSessions(),
            clients.maxSessionsPerUser(),
            clients.maxOpenCalls(),
            clients.maxBatch()),
        new EndpointSettings.Times(clients.idle(), clients.resumeWait(), clients.keepAlive()));
  }

  static SessionSettings session(McpRouterProperties properties) {
    McpRouterProperties.Sessions sessions = properties.sessions();
    check(sessions);
    return new SessionSettings(
        sessions.idle(),
        sessions.max(),
        sessions.maxPerUser(),
        sessions.maxChildren(),
        sessions.maxChildrenPerUser(),
        sessions.maxSubscriptions(),
        properties.sharing(),
        new ConnectionOptions.Limits(
            sessions.maxMessageBytes(),
            sessions.maxDepth(),
            sessions.maxPendingCalls(),
            sessions.maxQueuedBytes()));
  }

  static McpRouterProperties.UserServers checked(McpRouterProperties.UserServers userServers) {
    atLeastOne("user-servers.max-per-user", userServers.maxPerUser());
    atLeastOne("user-servers.max-running", userServers.maxRunning());
    return userServers;
  }

  private static void check(int port) {
    if (port < 0 || port > LAST_PORT) {
      throw CannotStartException.wrongSetting(
          "port", "must be a number from 0 to 65535, but is " + port);
    }
  }

  private static void check(McpRouterProperties.Clients clients) {
    atLeastOne("clients.max-message-bytes", clients.maxMessageBytes());
    atLeastOne("clients.max-depth", clients.maxDepth());
    atLeastOne("clients.max-sessions", clients.maxSessions());
    atLeastOne("clients.max-sessions-per-user", clients.maxSessionsPerUser());
    atLeastOne("clients.max-open-calls", clients.maxOpenCalls());
    atLeastOne("clients.max-batch", clients.maxBatch());
    positive("clients.idle", clients.idle());
    positive("clients.keep-alive", clients.keepAlive());
  }

  private static void check(McpRouterProperties.Sessions sessions) {
    positive("sessions.idle", sessions.idle());
    atLeastOne("sessions.max", sessions.max());
    atLeastOne("sessions.max-per-user", sessions.maxPerUser());
    atLeastOne("sessions.max-children", sessions.maxChildren());
    atLeastOne("sessions.max-children-per-user", sessions.maxChildrenPerUser());
    atLeastOne("sessions.max-subscriptions", sessions.maxSubscriptions());
    atLeastOne("sessions.max-message-bytes", sessions.maxMessageBytes());
    atLeastOne("sessions.max-depth", sessions.maxDepth());
    atLeastOne("sessions.max-pending-calls", sessions.maxPendingCalls());
    atLeastOne("sessions.max-queued-bytes", sessions.maxQueuedBytes());
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw CannotStartException.wrongSetting(key, "must be at least 1, but is " + value);
    }
  }

  private static void positive(String key, Duration value) {
    if (value.toMillis() < 1) {
      throw CannotStartException.wrongSetting(key, "must be at least 1 ms");
    }
  }
}
