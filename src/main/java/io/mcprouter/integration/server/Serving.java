package io.mcprouter.integration.server;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call that a route serves, on the thread that begins it. */
record Serving(
    RouteServer server,
    RouteItem item,
    RunningCall running,
    McpCall call,
    Frame request,
    Runnable over)
    implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  @Override
  public void run() {
    running.onEnd(over);
    boolean begun = false;
    try {
      limit();
      item.serve(request, running);
      begun = true; // and it ends when the route does
    } catch (RuntimeException e) {
      running.fail(McpFailure.from(e, server.name())); // which logs it
    } catch (Error e) {
      LOG.error("Server '{}': route '{}' broke", server.name(), item.routeId(), e);
      running.fail(McpFailure.from(e, server.name()));
    } finally {
      if (!begun) {
        over.run();
      }
    }
  }

  private void limit() {
    Duration limit = item.terms().timeout();
    if (limit != null) {
      Runnable inTime =
          server.later(
              limit.toMillis(), () -> call.abandon(McpFailure.timedOut(server.name(), limit)));
      running.onEnd(
          () -> {
            inTime.run();
            over.run();
          });
    }
  }
}
