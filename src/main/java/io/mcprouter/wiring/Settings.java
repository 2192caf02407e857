package io.mcprouter.wiring;

import io.mcprouter.endpoint.EndpointSettings;
import io.mcprouter.session.SessionSettings;
import io.mcprouter.transport.spi.ConnectionOptions;

/** The properties in the form that each part takes. */
final class Settings {
  private Settings() {}

  static EndpointSettings endpoint(McpRouterProperties properties) {
    McpRouterProperties.Clients clients = properties.clients();
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
}
