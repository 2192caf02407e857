package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that wait for a route which an event loop completes: a producer template, and a circuit
 * breaker, which calls the route inside it synchronously. See docs/adr/0023.
 */
class SynchronousCallsTest extends HttpFixture {
  private static final int AT_ONCE = 200;
  private static final int CALLS_EACH = 25;
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}";

  @ParameterizedTest
  @ValueSource(strings = {"direct:plain", "direct:breaker", "direct:nested"})
  void two_hundred_virtual_threads_that_wait_all_get_their_answers(String entry) throws Exception {
    addRoutes();
    ProducerTemplate template = context.createProducerTemplate();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<java.util.concurrent.Future<Integer>> answered =
          IntStream.range(0, AT_ONCE)
              .mapToObj(thread -> threads.submit(() -> answers(template, entry)))
              .toList();
      for (java.util.concurrent.Future<Integer> each : answered) {
        assertThat(answersWithin(each)).isEqualTo(CALLS_EACH);
      }
    }
    assertThat(server.count("tools/call")).isEqualTo(AT_ONCE * CALLS_EACH);
  }

  private void addRoutes() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:plain").to(uri());
            from("direct:breaker").circuitBreaker().to(uri()).end();
            from("direct:nested").circuitBreaker().to("direct:breaker").end();
          }
        });
  }

  private static int answers(ProducerTemplate template, String entry) {
    int answers = 0;
    for (int call = 0; call < CALLS_EACH; call++) {
      Exchange exchange = template.send(entry, sent -> sent.getMessage().setBody(Frame.of(CALL)));
      if (exchange.getException() == null
          && Objects.requireNonNull(exchange.getMessage().getBody(Frame.class)).isReply()) {
        answers++;
      }
    }
    return answers;
  }

  private static int answersWithin(java.util.concurrent.Future<Integer> each)
      throws InterruptedException, ExecutionException, TimeoutException {
    return each.get(60, TimeUnit.SECONDS);
  }

  /** The cause of the hang: whoever writes the chain outside of the loop races with the answer. */
  @Test
  void a_body_that_is_asked_for_after_the_answer_ended_never_comes() throws Exception {
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1));
    HttpClientResponse answer =
        done(request(client, server.port()).compose(request -> request.send()));
    done(
        whole(
            client, server.port())); // the one connection is free again: the first answer has ended

    Future<Buffer> late = answer.body();

    done(whole(client, server.port()));
    assertThat(late.isComplete()).isFalse();
    client.close();
  }

  /** As all of our transports do: what follows the answer is written where the answer comes in. */
  @Test
  void a_body_that_is_asked_for_on_the_answers_own_loop_always_comes() throws Exception {
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1));
    assertThat(done(whole(client, server.port()))).isNotNull();
    client.close();
  }

  private static Future<Buffer> whole(HttpClient client, int port) {
    return request(client, port)
        .compose(request -> request.send().compose(HttpClientResponse::body));
  }

  private static Future<HttpClientRequest> request(HttpClient client, int port) {
    return client.request(HttpMethod.GET, port, "127.0.0.1", "/mcp");
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
