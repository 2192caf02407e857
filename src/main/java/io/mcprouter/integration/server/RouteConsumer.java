package io.mcprouter.integration.server;

import io.mcprouter.integration.ServedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/** Offers its route to MCP clients while the route runs. */
public abstract class RouteConsumer extends DefaultConsumer implements Suspendable {
  private final RouteServers servers;
  private final String server;
  private List<RouteItem> offered = List.of();

  /**
   * @param server the MCP server that the route is a part of
   */
  protected RouteConsumer(
      Endpoint endpoint, Processor processor, RouteServers servers, String server) {
    super(endpoint, processor);
    this.servers = servers;
    this.server = server;
  }

  /** What the route offers; asked for when it starts. */
  protected abstract List<RouteItem> items();

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    offer();
  }

  @Override
  protected void doResume() {
    offer();
  }

  private void offer() {
    List<RouteItem> added = new ArrayList<>();
    try {
      for (RouteItem item : items()) {
        servers.add(server, item);
        added.add(item);
      }
      offered = List.copyOf(added);
    } catch (RuntimeException e) {
      added.forEach(item -> servers.remove(server, item));
      throw e;
    }
  }

  @Override
  protected void doSuspend() {
    withdraw();
  }

  @Override
  protected void doStop() throws Exception {
    withdraw();
    super.doStop();
  }

  private void withdraw() {
    List<RouteItem> items = offered;
    offered = List.of();
    items.forEach(item -> servers.remove(server, item));
  }

  /**
   * Runs the route for a call.
   *
   * @param prepare sets what the first step finds
   * @param done gets the exchange as the last step left it, on any thread
   */
  public void run(RunningCall call, Consumer<Exchange> prepare, Consumer<Exchange> done) {
    Exchange exchange = createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.setProperty(ServedCall.PROPERTY, call);
    exchange.getMessage().setHeader(RoutesConstants.SERVER, call.server());
    exchange.getMessage().setHeader(RoutesConstants.USER, call.caller().id());
    prepare.accept(exchange);
    getAsyncProcessor()
        .process(
            exchange,
            sync -> {
              try {
                done.accept(exchange);
              } finally {
                call.ended(); // in any case, also where it could not be told its result
                releaseExchange(exchange, false);
              }
            });
  }
}
