package io.mcprouter.routing.guard;

import io.mcprouter.transport.spi.McpFailure;
import org.apache.camel.Exchange;

/**
 * Beside Camel's circuit breaker in the guardrail {@code circuit-breaker}: says which failures are
 * the server's, and what callers are told while it is open. What a caller did wrong, or cancelled,
 * says nothing about the server.
 */
public final class Breaker {
  private String server = "";
  private long openSeconds;

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  /** How long the circuit stays open. */
  public void setOpenSeconds(long seconds) {
    openSeconds = Numbers.within("openSeconds", seconds, 1, 3_600);
  }

  /** Inside the circuit: keeps from it what is no failure of the server. */
  public void judge(Exchange exchange) throws Exception {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (isServers(McpFailure.from(failure, server))) {
      throw failure;
    }
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT); // dealt with: passOn tells it
    exchange.setProperty(key(), failure);
  }

  private static boolean isServers(McpFailure failure) {
    return switch (failure.kind()) {
      case TIMED_OUT, UNAVAILABLE, CONNECTION_LOST, PROTOCOL_VIOLATION -> true;
      default -> false;
    };
  }

  /** Behind the circuit: fails as was noted. */
  public void passOn(Exchange exchange) throws Exception {
    if (exchange.removeProperty(key()) instanceof Exception kept) {
      throw kept;
    }
  }

  /** The circuit is open: the call fails. */
  public void refuse(Exchange exchange) {
    exchange.setProperty(
        key(),
        McpFailure.of(
            McpFailure.Kind.UNAVAILABLE,
            server,
            "it failed too often, so it is not asked for "
                + openSeconds
                + " s (circuit breaker); nothing was done, try again later"));
  }

  private String key() {
    return "CamelMcpNotTheServer." + System.identityHashCode(this);
  }
}
