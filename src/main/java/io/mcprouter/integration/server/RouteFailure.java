package io.mcprouter.integration.server;

import io.mcprouter.integration.McpToolException;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.transport.spi.McpFailure;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers are told when a route fails: the message of an exception that is meant for them,
 * what a server said that the route called, and of all others only where the log says more.
 *
 * @param what what the route is, for messages
 */
public record RouteFailure(String what, String routeId, Disclosure disclosure) {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFailure.class);

  /** Logs a failure, and says what the caller reads of it. */
  public String told(Exception thrown, Exchange exchange, RunningCall call) {
    if (call.isStopped()) {
      LOG.debug("Server '{}': route '{}' was stopped", call.server(), routeId, thrown);
      return "stopped";
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof McpToolException || cause instanceof McpFailure) {
        LOG.info(
            "Server '{}': {} failed in route '{}': {}",
            call.server(),
            what,
            routeId,
            cause.getMessage());
        return cause instanceof McpFailure failure
            ? String.valueOf(disclosure.to(call.caller(), failure).getMessage())
            : String.valueOf(cause.getMessage());
      }
    }
    LOG.warn(
        "Server '{}': {} failed in route '{}', exchange {}",
        call.server(),
        what,
        routeId,
        exchange.getExchangeId(),
        thrown);
    return "The "
        + what
        + " failed inside its route; the router's log says why, under "
        + exchange.getExchangeId();
  }
}
