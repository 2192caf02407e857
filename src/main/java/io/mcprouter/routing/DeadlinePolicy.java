package io.mcprouter.routing;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.transport.spi.McpCall;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of every call on a server's route. A policy cannot interrupt a step, so it arms a
 * timer that cancels the call; the transport hears the cancellation and tells the server.
 *
 * <p>All timers are one wheel: calls end long before their limit, and setting and dropping a timer
 * must cost nothing.
 */
public final class DeadlinePolicy extends RoutePolicySupport {
  private static final String DEADLINE = "CamelMcpDeadline";

  private final Function<String, @Nullable RunningServer> byRoute;
  private final Duration questionLimit;
  private final Timer timer;

  /**
   * @param byRoute finds the server of a route
   * @param questionLimit how long a person may take to answer a server's question
   * @param timer shared by all routes; it outlives them
   */
  public DeadlinePolicy(
      Function<String, @Nullable RunningServer> byRoute, Duration questionLimit, Timer timer) {
    this.byRoute = byRoute;
    this.questionLimit = questionLimit;
    this.timer = timer;
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    RunningServer server = byRoute.apply(route.getRouteId());
    if (server == null) {
      return;
    }
    ServerDefinition definition = server.definition();
    McpCall call = McpCall.of(exchange);
    Deadline deadline =
        new Deadline(
            timer,
            call,
            server.name(),
            new Deadline.Limits(
                definition.timeouts().timeout(), definition.router().maxTimeout(), questionLimit),
            System::nanoTime);
    call.clock(deadline);
    exchange.setProperty(DEADLINE, deadline);
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    if (exchange.removeProperty(DEADLINE) instanceof Deadline deadline) {
      deadline.disarm();
    }
  }
}
