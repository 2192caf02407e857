package io.mcprouter.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.identity.LocalCallers;
import io.mcprouter.integration.call.CallKind;
import io.mcprouter.integration.call.CallTarget;
import io.mcprouter.integration.call.Definition;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The limits of a test. */
class TestRunTest {
  private static final SourceLocation AT = new SourceLocation("a.test.yaml", 3, 5);

  @Test
  void a_message_that_is_not_done_in_time_fails() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:slow").process(exchange -> never.await());
            }
          });
      camel.start();

      TestResult result =
          run(camel, new Unanswered()).run(test(new RouteTest.Send("direct:slow", "", Map.of())));

      assertThat(result.mismatches())
          .extracting(Mismatch::toString)
          .containsExactly(
              "a.test.yaml:3:5: expected an answer, but got the failure: no answer within 0.2 s");
    }
  }

  @Test
  void a_call_that_is_not_answered_in_time_is_cancelled() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      Unanswered calls = new Unanswered();
      CallTarget target = new CallTarget(CallKind.TOOL, "shop", "find_order");

      TestResult result =
          run(camel, calls)
              .run(
                  test(
                      new RouteTest.Call(target, JsonNodeFactory.instance.objectNode(), Map.of())));

      assertThat(result.mismatches()).singleElement().asString().contains("no answer within 0.2 s");
      assertThat(calls.call.get().isOver()).isTrue();
    }
  }

  private static TestRun run(DefaultCamelContext camel, McpCalls calls) {
    Stubs stubs = new Stubs(Map.of());
    TestFile file =
        new TestFile(
            Path.of("a.test.yaml"), List.of(), Map.of(), Map.of(), Set.of(), Map.of(), List.of());
    return new TestRun(
        camel,
        calls,
        new LocalCallers(Caller.APPLICATION),
        stubs,
        new ReplacedEndpoints(camel, file, stubs, new NoConnections()),
        Duration.ofMillis(200));
  }

  private static RouteTest test(RouteTest.Action action) {
    return new RouteTest("one", AT, action, List.of(), null, List.of());
  }

  /** No server is there. */
  private static final class NoConnections implements McpConnections {
    @Override
    public CompletableFuture<McpConnection> acquire(Exchange exchange, McpEndpoint endpoint) {
      throw new IllegalStateException("no test here calls a server");
    }

    @Override
    public CompletableFuture<Void> release(McpEndpoint endpoint) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Takes calls and never answers. */
  private static final class Unanswered implements McpCalls {
    private final AtomicReference<McpCall> call = new AtomicReference<>();

    @Override
    public void send(CallTarget target, Frame request, McpCall sent, McpCall.Outcome outcome) {
      call.set(sent);
    }

    @Override
    public CompletableFuture<Definition> definition(CallTarget target, Caller caller) {
      return new CompletableFuture<>();
    }
  }
}
