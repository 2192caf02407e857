package io.mcprouter.integration.call;

import io.mcprouter.integration.ServedCall;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpCall;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** On whose behalf a step calls. */
final class Callers {
  private Callers() {}

  /**
   * Whom the route's author named; else whom an earlier step set; else the caller whose call the
   * route serves, or is a part of; else the application itself.
   *
   * @throws IllegalArgumentException where the header that must name the user is missing
   */
  static Caller of(Exchange exchange, McpCallConfiguration options) {
    String header = options.getUserHeader();
    if (header != null) {
      return user(exchange.getMessage().getHeader(header, String.class), header);
    }
    if (options.getUser() != null) {
      return user(options.getUser());
    }
    Caller set = exchange.getProperty(McpCallConstants.CALLER, Caller.class);
    if (set != null) {
      return set;
    }
    ServedCall served = ServedCall.of(exchange);
    if (served != null) {
      return served.caller();
    }
    McpCall within = exchange.getProperty(McpCall.PROPERTY, McpCall.class);
    return within == null ? Caller.APPLICATION : within.caller();
  }

  private static Caller user(@Nullable String id, String header) {
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException(
          "The header '" + header + "' must name the user of the call (option userHeader)");
    }
    return user(id);
  }

  private static Caller user(String id) {
    return new Caller("", id, Map.of(), Set.of(), Set.of(), Caller.Source.ROUTE, null);
  }
}
