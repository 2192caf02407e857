package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** One exchange that meets servers more than once: a second step, a redelivery, a split. */
class FurtherAttemptsTest extends HttpFixture {
  private static final Frame CALL = Frame.of("{\"id\":7,\"method\":\"tools/call\"}");

  private void route(RouteBuilder route) throws Exception {
    context.addRoutes(route);
  }

  @Test
  void a_second_step_gets_an_answer_of_its_own() throws Exception {
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:twice").to(uri()).setBody(constant(CALL)).to(uri());
          }
        });
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start("direct:twice", done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);

    Exchange exchange = done.get(20, TimeUnit.SECONDS);
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(Frame.class).isReply()).isTrue();
    assertThat(server.count("tools/call")).isEqualTo(2);
  }

  @Test
  void a_redelivery_sends_the_request_again() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    server.onCall =
        (request, message) -> {
          if (tries.incrementAndGet() < 3) {
            ScriptedHttp.status(request, 503);
          } else {
            server.echo(request, message);
          }
        };
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:again")
                .errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                .to(uri());
          }
        });
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start("direct:again", done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);

    assertThat(done.get(20, TimeUnit.SECONDS).getException()).isNull();
    assertThat(tries).hasValue(3);
  }

  @Test
  void the_parts_of_a_split_are_answered_each() throws Exception {
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:parts")
                .split(constant(List.of(1, 2, 3)))
                .parallelProcessing()
                .setBody(constant(CALL))
                .to(uri());
          }
        });
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start("direct:parts", done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);

    assertThat(done.get(20, TimeUnit.SECONDS).getException()).isNull();
    assertThat(server.count("tools/call")).isEqualTo(3);
  }

  @Test
  void cancelling_the_call_ends_a_further_attempt_and_those_that_would_come() throws Exception {
    CompletableFuture<Void> second = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          if (server.count("tools/call") == 1) {
            server.echo(request, message);
          } else {
            second.complete(null);
          }
        };
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:long")
                .to(uri())
                .setBody(constant(CALL))
                .doTry()
                .to(uri())
                .doCatch(McpFailure.class)
                .setBody(constant(CALL))
                .to(uri())
                .end();
          }
        });
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    McpCall call =
        start("direct:long", done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);
    second.get(20, TimeUnit.SECONDS);

    assertThat(call.cancel(McpFailure.cancelled("by the client"))).isTrue();
    assertThat(Calls.failure(done).kind()).isEqualTo(McpFailure.Kind.CANCELLED);
    assertThat(server.count("tools/call")).isEqualTo(2);
  }

  @Test
  void a_call_that_is_cancelled_before_its_first_attempt_is_never_sent() throws Exception {
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    call.cancel(McpFailure.cancelled("by the client"));
    Exchange exchange =
        context
            .createProducerTemplate()
            .send(
                uri(),
                sent -> {
                  sent.setProperty(McpCall.PROPERTY, call);
                  sent.getMessage().setBody(CALL);
                });

    assertThat(exchange.getException()).isInstanceOf(McpFailure.class);
    assertThat(server.count("tools/call")).isZero();
  }
}
