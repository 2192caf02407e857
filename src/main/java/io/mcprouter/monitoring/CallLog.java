package io.mcprouter.monitoring;

import io.mcprouter.routing.CallObserver;
import io.mcprouter.routing.CallOutcome;
import io.mcprouter.routing.EndedCall;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each call under the logger {@code io.mcprouter.calls}: at debug level. Structured
 * output has server, method, outcome and duration as fields of their own; nothing of the message is
 * logged.
 */
public final class CallLog implements CallObserver {
  private static final Logger LOG = LoggerFactory.getLogger("io.mcprouter.calls");

  @Override
  public void ended(EndedCall call) {
    if (LOG.isDebugEnabled()) {
      log(
          LOG.atDebug(),
          call.server(),
          MethodLabel.of(call.method()),
          call.outcome(),
          call.nanos());
    }
  }

  private static void log(
      LoggingEventBuilder line, String server, String method, CallOutcome outcome, long nanos) {
    line.addKeyValue("mcp.server", server)
        .addKeyValue("mcp.method", method)
        .addKeyValue("mcp.outcome", outcome.label())
        .addKeyValue("event.duration", nanos)
        .log(
            "Server '{}': {} {} after {} ms",
            server,
            method,
            outcome.label(),
            TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
