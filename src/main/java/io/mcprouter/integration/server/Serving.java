package io.mcprouter.integration.server;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;

/** One call that a route serves, on the thread that begins it. */
record Serving(
    RouteServer server,
    RouteItem item,
    RunningCall running,
    McpCall call,
    Frame request,
    Runnable over)
    implements Runnable {
  @Override
  public void run() {
    Duration limit = item.terms().timeout();
    Runnable inTime =
        limit == null
            ? () -> {}
            : server.later(
                limit.toMillis(), () -> call.abandon(McpFailure.timedOut(server.name(), limit)));
    running.onEnd(
        () -> {
          inTime.run();
          over.run();
        });
    try {
      item.serve(request, running);
    } catch (RuntimeException e) {
      running.fail(McpFailure.from(e, server.name())); // which logs it
    }
  }
}
