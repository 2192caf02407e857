package io.mcprouter.integration.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.integration.ServedCall;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called, for whom, how long, and who hears of it meanwhile. */
class CallOptionsTest extends CallFixture {
  private static final Caller ANN = new Caller("ann", Map.of());

  @Test
  void what_the_uri_names_no_header_changes() throws Exception {
    send(
        "mcp-call:shop/order",
        null,
        Map.of("CamelMcpServer", "other", "CamelMcpTool", "drop", "CamelMcpPrompt", "p"));
    assertThat(calls.last().target()).isEqualTo(new CallTarget(CallKind.TOOL, "shop", "order"));

    send("mcp-call:tool?server=shop", null, Map.of("CamelMcpServer", "other", "CamelMcpTool", "t"));
    assertThat(calls.last().target()).isEqualTo(new CallTarget(CallKind.TOOL, "shop", "t"));

    send("mcp-call:tool?tool=t", null, Map.of("CamelMcpServer", "other", "CamelMcpTool", "drop"));
    assertThat(calls.last().target()).isEqualTo(new CallTarget(CallKind.TOOL, "other", "t"));
  }

  @Test
  void headers_name_the_rest() throws Exception {
    send("mcp-call:tool", null, Map.of("CamelMcpTool", "shop__order"));
    assertThat(calls.last().target()).isEqualTo(new CallTarget(CallKind.TOOL, null, "shop__order"));

    send("mcp-call:prompt", null, Map.of("CamelMcpServer", "s", "CamelMcpPrompt", "greet"));
    assertThat(calls.last().target()).isEqualTo(new CallTarget(CallKind.PROMPT, "s", "greet"));

    send("mcp-call:resource", null, Map.of("CamelMcpResource", "test://x"));
    assertThat(calls.last().target())
        .isEqualTo(new CallTarget(CallKind.RESOURCE, null, "test://x"));

    assertThat(failure("mcp-call:tool?server=shop", null))
        .hasMessage("mcp-call:tool: which tool? Set the option 'tool' or the header CamelMcpTool");
  }

  @Test
  void names_are_percent_encoded_where_needed() throws Exception {
    send("mcp-call:100%25%20shop/a/b+c", (Object) null);
    assertThat(calls.last().target())
        .isEqualTo(new CallTarget(CallKind.TOOL, "100% shop", "a/b+c"));

    send("mcp-call:tool?server=a%2Fb&tool=c%3Fd", (Object) null);
    assertThat(calls.last().target()).isEqualTo(new CallTarget(CallKind.TOOL, "a/b", "c?d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcp-call:shop", "mcp-call:shop/", "mcp-call:/order"})
  void a_target_that_is_none_is_refused_when_the_route_is_made(String uri) {
    assertThatThrownBy(() -> camel.getEndpoint(uri))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasStackTraceContaining("write <server>/<tool>, or tool, resource or prompt");
  }

  @Test
  void it_can_only_be_called() {
    assertThatThrownBy(
            () -> camel.getEndpoint("mcp-call:shop/order").createConsumer(exchange -> {}))
        .hasMessageContaining("use it in a 'to'");
  }

  @Test
  void the_caller_is_the_application_unless_somebody_says_otherwise() throws Exception {
    send("mcp-call:shop/order", (Object) null);
    assertThat(calls.last().caller()).isSameAs(Caller.APPLICATION);

    send("mcp-call:shop/order", null, Map.of("CamelMcpCaller", ANN));
    assertThat(calls.last().caller()).as("a header is no proof").isSameAs(Caller.APPLICATION);
  }

  @Test
  void a_step_may_set_the_caller_as_a_property() throws Exception {
    send("mcp-call:shop/order", exchange -> exchange.setProperty("CamelMcpCaller", ANN));
    assertThat(calls.last().caller()).isSameAs(ANN);
  }

  @Test
  void a_route_that_serves_a_call_calls_for_its_caller() throws Exception {
    Served served = new Served(ANN);
    send("mcp-call:shop/order", exchange -> exchange.setProperty("CamelMcpToolCall", served));
    assertThat(calls.last().caller()).isSameAs(ANN);
  }

  @Test
  void a_step_of_a_servers_own_route_calls_for_the_caller_of_that_call() throws Exception {
    McpCall call = new McpCall(ANN, McpClient.NONE, CallStream.NONE);
    send("mcp-call:shop/order", exchange -> exchange.setProperty(McpCall.PROPERTY, call));
    assertThat(calls.last().caller()).isSameAs(ANN);
  }

  @Test
  void the_author_of_a_route_may_name_the_user() throws Exception {
    Served served = new Served(ANN);
    send(
        "mcp-call:shop/order?user=batch",
        exchange -> exchange.setProperty("CamelMcpToolCall", served));
    assertThat(calls.last().caller().id()).isEqualTo("batch");
    assertThat(calls.last().caller().source()).isEqualTo(Caller.Source.ROUTE);

    send("mcp-call:shop/order?userHeader=buyer", null, Map.of("buyer", "bob"));
    assertThat(calls.last().caller().id()).isEqualTo("bob");
  }

  @Test
  void a_message_without_the_header_that_names_the_user_calls_for_nobody() throws Exception {
    assertThat(failure("mcp-call:shop/order?userHeader=buyer", null))
        .hasMessage("The header 'buyer' must name the user of the call (option userHeader)");
    assertThat(calls.sent).isEmpty();
  }

  @Test
  void a_call_that_takes_too_long_is_cancelled_at_the_server() throws Exception {
    CompletableFuture<McpFailure> cancelled = new CompletableFuture<>();
    calls.script((sent, call, outcome) -> call.start(cancelled::complete));

    assertThat(failure("mcp-call:shop/order?timeout=20", null))
        .isInstanceOf(ExchangeTimedOutException.class)
        .hasMessageContaining("no answer within 20 ms");
    assertThat(cancelled.get(10, TimeUnit.SECONDS).kind()).isEqualTo(McpFailure.Kind.TIMED_OUT);

    Exchange done = send("mcp-call:shop/order", null, Map.of("CamelMcpTimeout", 15));
    assertThat(done.getException()).hasMessageContaining("no answer within 15 ms");
  }

  @Test
  void the_end_of_the_call_that_the_route_serves_ends_its_calls() throws Exception {
    CompletableFuture<McpFailure> cancelled = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    calls.script(
        (sent, call, outcome) -> {
          call.start(cancelled::complete);
          started.countDown();
        });
    Served served = new Served(ANN);
    CompletableFuture<Exchange> done =
        template.asyncSend(
            "mcp-call:shop/order", exchange -> exchange.setProperty("CamelMcpToolCall", served));
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

    served.stop();

    assertThat(done.get(10, TimeUnit.SECONDS).getException())
        .isInstanceOf(McpFailure.class)
        .hasMessage("Server 'shop': cancelled: nobody waits for the route any more");
    assertThat(cancelled.get(10, TimeUnit.SECONDS).kind()).isEqualTo(McpFailure.Kind.CANCELLED);
  }

  @Test
  void the_end_of_the_call_that_a_step_belongs_to_ends_its_calls() throws Exception {
    CompletableFuture<McpFailure> cancelled = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    calls.script(
        (sent, call, outcome) -> {
          call.onOutcome(outcome);
          call.start(cancelled::complete);
          started.countDown();
        });
    McpCall outer = new McpCall(ANN, McpClient.NONE, CallStream.NONE);
    CompletableFuture<Exchange> done =
        template.asyncSend(
            "mcp-call:shop/order", exchange -> exchange.setProperty(McpCall.PROPERTY, outer));
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

    outer.cancel(McpFailure.cancelled("by the client"));

    assertThat(done.get(10, TimeUnit.SECONDS).getException())
        .hasMessage("Server 'shop': cancelled: by the client");
    assertThat(cancelled).isDone();
  }

  @Test
  void progress_and_log_messages_reach_their_routes_in_order_before_the_answer() throws Exception {
    List<String> heard = new ArrayList<>();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:progress")
                .process(
                    step ->
                        heard.add(
                            step.getMessage().getHeader("CamelMcpTool")
                                + " "
                                + step.getMessage().getHeader("CamelMcpProgress")
                                + "/"
                                + step.getMessage().getHeader("CamelMcpTotal")
                                + " "
                                + fields(step)));
            from("direct:logs")
                .process(
                    step ->
                        heard.add(
                            step.getMessage().getHeader("CamelMcpLogLevel")
                                + " "
                                + step.getMessage().getBody(Map.class).get("data")));
            from("direct:call")
                .to("mcp-call:shop/order?progress=direct:progress&logs=direct:logs")
                .process(step -> heard.add("answer"));
          }
        });
    calls.script(
        (sent, call, outcome) -> {
          for (int i = 1; i <= 3; i++) {
            call.notify(progress(i));
            call.notify(log("line " + i));
          }
          outcome.accept(
              Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}"), null);
        });

    assertThat(send("direct:call", (Object) null).getException()).isNull();

    assertThat(calls.last().params()).contains("\"_meta\":{\"progressToken\":1}");
    assertThat(heard)
        .containsExactly(
            "order 1.0/3.0 {progress=1, total=3}",
            "info line 1",
            "order 2.0/3.0 {progress=2, total=3}",
            "info line 2",
            "order 3.0/3.0 {progress=3, total=3}",
            "info line 3",
            "answer");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_stuck_route_of_messages_does_not_keep_the_call_beyond_its_limit(boolean answered)
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:stuck").process(step -> never.await());
          }
        });
    calls.script(
        (sent, call, outcome) -> {
          call.notify(progress(1));
          if (answered) {
            outcome.accept(
                Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}"), null);
          }
        });
    try {
      assertThat(failure("mcp-call:shop/order?progress=direct:stuck&timeout=50", null))
          .isInstanceOf(ExchangeTimedOutException.class);
    } finally {
      never.countDown();
    }
  }

  @Test
  void progress_and_log_messages_go_to_the_client_where_the_route_says_so() throws Exception {
    Served served = new Served(ANN);
    calls.script(
        (sent, call, outcome) -> {
          call.notify(progress(2));
          call.notify(log("words"));
          outcome.accept(
              Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}"), null);
        });

    send(
        "mcp-call:shop/order?progress=caller&logs=caller",
        exchange -> exchange.setProperty("CamelMcpToolCall", served));

    assertThat(served.heard).containsExactly("2.0/3.0 null", "info test \"words\"");
  }

  @Test
  void without_a_route_for_it_no_progress_is_asked_for() throws Exception {
    send("mcp-call:shop/order", (Object) null);

    assertThat(calls.last().params()).doesNotContain("progressToken");
  }

  private static Map<String, Object> fields(Exchange message) {
    Map<String, Object> fields = new TreeMap<>();
    Map<?, ?> body = message.getMessage().getBody(Map.class);
    body.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return fields;
  }

  private static Frame progress(int at) {
    return Frame.of(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":"
            + at
            + ",\"total\":3}}");
  }

  private static Frame log(String text) {
    return Frame.of(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"logger\":\"test\",\"data\":\""
            + text
            + "\"}}");
  }

  /** A call that a route serves. */
  private static final class Served implements ServedCall {
    private final Caller caller;
    private final List<String> heard = new ArrayList<>();
    private final List<Runnable> onStop = new ArrayList<>();
    private boolean stopped;

    Served(Caller caller) {
      this.caller = caller;
    }

    synchronized void stop() {
      stopped = true;
      onStop.forEach(Runnable::run);
    }

    @Override
    public Caller caller() {
      return caller;
    }

    @Override
    public synchronized boolean isStopped() {
      return stopped;
    }

    @Override
    public synchronized void onStop(Runnable action) {
      onStop.add(action);
    }

    @Override
    public void progress(double progress, Double total, String message) {
      heard.add(progress + "/" + total + " " + message);
    }

    @Override
    public void log(String level, String logger, String json) {
      heard.add(level + " " + logger + " " + json);
    }

    @Override
    public CallStream stream() {
      return CallStream.NONE;
    }
  }
}
