package io.mcprouter.transport.stdio;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** A plain Camel application, without Spring and the router, with one route per server. */
final class StdioCamel implements AutoCloseable {
  private final DefaultCamelContext context = new DefaultCamelContext();

  private final ProducerTemplate template;

  StdioCamel() {
    context.getGlobalOptions().put("CamelJmxDisabled", "true");
    context.getShutdownStrategy().setTimeout(1);
    context.start();
    template = context.createProducerTemplate();
  }

  StdioComponent component() {
    return context.getComponent(StdioConstants.SCHEME, StdioComponent.class);
  }

  /** Adds {@code direct:name}, which sends to the URI. */
  StdioCamel route(String name, String uri) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:" + name).routeId(name).to(uri);
          }
        });
    return this;
  }

  void removeRoute(String name) throws Exception {
    context.getRouteController().stopRoute(name);
    context.removeRoute(name);
  }

  static ProcessTarget target(List<String> command, String... more) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(more));
    return target(line, Map.of(), null, new ProcessTarget.Stderr.Ignore());
  }

  static ProcessTarget target(
      List<String> command,
      Map<String, String> env,
      @Nullable Path cwd,
      ProcessTarget.Stderr stderr) {
    return new ProcessTarget(command, env, cwd, stderr, "test", false);
  }

  /** Calls a tool of the server behind a route; fails with the {@link McpFailure}. */
  CompletableFuture<Frame> call(String route, @Nullable ConnectionTarget target, String body) {
    Exchange exchange = context.getEndpoint("direct:" + route).createExchange();
    if (target != null) {
      exchange.setProperty(McpConstants.TARGET, target);
    }
    exchange.getMessage().setHeader(StdioConstants.METHOD, "tools/call");
    exchange.getMessage().setBody(body);
    CompletableFuture<Exchange> done = template.asyncSend("direct:" + route, exchange);
    return done.thenCompose(StdioCamel::outcome);
  }

  private static CompletableFuture<Frame> outcome(Exchange exchange) {
    return exchange.getException() != null
        ? CompletableFuture.failedFuture(exchange.getException())
        : CompletableFuture.completedFuture(exchange.getMessage().getBody(Frame.class));
  }

  static String tool(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  /** The texts that a tool of {@link RawServer} answers with. */
  static List<String> list(Frame reply) {
    return member(reply, "list").elements().stream().map(JsonSpan::text).toList();
  }

  static JsonSpan result(Frame reply) {
    return Objects.requireNonNull(reply.result(), "the reply is no result");
  }

  static JsonSpan member(Frame reply, String name) {
    return Objects.requireNonNull(result(reply).member(name));
  }

  DefaultCamelContext context() {
    return context;
  }

  @Override
  public void close() {
    context.stop();
  }
}
