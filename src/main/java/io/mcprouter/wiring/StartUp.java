package io.mcprouter.wiring;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.RunningServers;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Connects the servers that are to be connected at start-up, a few at a time: those with {@code
 * startup} on that need nothing of a user.
 */
@Component
class StartUp {
  private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
  private static final int AT_ONCE = 8;
  private static final Frame HELLO =
      Frame.of("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"" + Methods.INITIALIZE + "\"}");

  private final RouteInstaller routes;
  private final Deque<RunningServer> waiting = new ArrayDeque<>();
  private final Set<RunningServer> seen = ConcurrentHashMap.newKeySet();
  private int connecting;

  StartUp(RouteInstaller routes) {
    this.routes = routes;
  }

  /**
   * Connects what has not been connected before; failures hold up nothing. The state of each such
   * server is logged once it is known.
   */
  synchronized void connect(RunningServers servers) {
    seen.retainAll(servers.all());
    for (RunningServer server : servers.all()) {
      if (seen.add(server)) {
        String reason = reasonToWait(server);
        if (reason == null) {
          waiting.add(server);
        } else {
          LOG.info(
              "Server '{}': ready, connects when it is first called ({})", server.name(), reason);
        }
      }
    }
    next();
  }

  private static @Nullable String reasonToWait(RunningServer server) {
    ServerDefinition definition = server.definition();
    if (!definition.startup()) {
      return "startup: false";
    }
    if (Boolean.TRUE.equals(definition.authorization().requiresOAuth())) {
      return "its user must log in";
    }
    return server.isPersonal() ? "it needs to know its user" : null;
  }

  private synchronized void next() {
    while (connecting < AT_ONCE && !waiting.isEmpty()) {
      RunningServer server = waiting.remove();
      connecting++;
      McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
      routes.send(
          server.name(),
          HELLO,
          call,
          (reply, failure) -> {
            if (failure == null) {
              LOG.info(
                  "Server '{}': connected over {}", server.name(), server.definition().transport());
            } else {
              LOG.warn("{}; it is tried again when it is called", failure.getMessage());
            }
            done();
          });
    }
  }

  private synchronized void done() {
    connecting--;
    next();
  }
}
