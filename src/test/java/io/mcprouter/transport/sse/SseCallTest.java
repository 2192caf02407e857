package io.mcprouter.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.mcprouter.transport.Calls;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls on an open stream, and what may become of both. */
class SseCallTest extends SseFixture {
  @Test
  void a_call_goes_out_as_post_and_comes_back_on_the_stream() throws Exception {
    String uri = uri("header.X-Key=secret");
    assertThat(calls.result(uri, "tools/call", "{\"name\":\"echo\"}"))
        .isEqualTo("{\"name\":\"echo\"}");

    HttpServerRequest get = server.requests.getFirst();
    assertThat(get.getHeader("Accept")).isEqualTo("text/event-stream");
    assertThat(get.getHeader("Cache-Control")).isEqualTo("no-cache");
    assertThat(server.requests).allMatch(request -> "secret".equals(request.getHeader("X-Key")));
    assertThat(server.requests.subList(1, 4))
        .allMatch(post -> post.uri().equals("/messages?session=1"))
        .allMatch(post -> "application/json".equals(post.getHeader("Content-Type")));
    assertThat(methods()).containsExactly("initialize", "notifications/initialized", "tools/call");
  }

  private List<String> methods() {
    return server.messages.stream().map(message -> message.getString("method")).toList();
  }

  @Test
  void one_connection_serves_all_calls_of_an_endpoint() throws Exception {
    List<CompletableFuture<Exchange>> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      open.add(calls.start(uri(), "tools/call", "{\"n\":" + i + "}"));
    }
    for (int i = 0; i < 200; i++) {
      assertThat(Calls.result(open.get(i))).isEqualTo("{\"n\":" + i + "}");
    }
    assertThat(server.streams).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, UNAVAILABLE",
    "401, UNAVAILABLE",
    "503, UNAVAILABLE",
    "500, CONNECTION_LOST",
    "302, UNAVAILABLE"
  })
  void a_post_that_is_refused_fails_its_call_alone_and_at_once(int status, Kind kind)
      throws Exception {
    CompletableFuture<JsonObject> slow = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          if (message.getString("method").equals("slow")) {
            server.accept(request);
            slow.complete(message);
          } else {
            request
                .response()
                .setStatusCode(status)
                .putHeader("Location", "/elsewhere")
                .end("why: secret");
          }
        };
    CompletableFuture<Exchange> other = calls.start(uri(), "slow", "{}");
    McpFailure failure = calls.failure(uri(), "bad", "{}");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("HTTP " + status);
    assertThat(failure.getMessage()).doesNotContain("secret");
    server.reply(slow.join(), "{}");
    assertThat(Calls.result(other)).isEqualTo("{}");
  }

  @Test
  void a_post_without_an_answer_fails_its_call_alone() throws Exception {
    server.onCall = (request, message) -> request.connection().close();
    McpFailure failure = calls.failure(uri(), "bad", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    server.onCall = server::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(server.streams).hasSize(1);
  }

  @Test
  void a_session_that_the_server_forgot_is_opened_again_and_the_call_repeated() throws Exception {
    server.onCall =
        (request, message) -> {
          server.onCall = server::echo;
          request.response().setStatusCode(404).end("Could not find session");
        };
    assertThat(calls.result(uri(), "ping", "{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(server.streams).hasSize(2);
    await().untilAtomic(server.closedStreams, is(1));
  }

  @Test
  void the_end_of_the_stream_fails_what_is_open_and_the_next_call_connects_anew() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          server.stream().end();
        };
    McpFailure failure = calls.failure(uri(), "slow", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(failure).hasMessageContaining("the server ended the event stream");
    server.onCall = server::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void a_stream_that_breaks_fails_what_is_open() throws Exception {
    server.onCall = (request, message) -> server.stream().reset();
    assertThat(calls.failure(uri(), "slow", "{}").kind()).isEqualTo(Kind.CONNECTION_LOST);
  }

  @Test
  void an_endless_event_ends_the_wire() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          endless(server.stream().write("data: "));
        };
    McpFailure failure = calls.failure(uri("maxMessageBytes=100000"), "slow", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
    assertThat(failure).hasMessageContaining("an event has more than 100000 bytes");
    await().untilAtomic(server.closedStreams, is(1));
  }

  private void endless(Future<Void> written) {
    written.onSuccess(none -> endless(server.stream().write("x".repeat(8192))));
  }

  @Test
  void a_stream_that_comes_byte_by_byte_is_read() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          String event =
              ": é\r\ndata: {\"jsonrpc\":\"2.0\",\r\ndata: \"id\":"
                  + message.getValue("id")
                  + ",\"result\":\"😀\"}\r\n\r\n";
          byteByByte(server.stream(), event.getBytes(StandardCharsets.UTF_8), 0);
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("\"😀\"");
  }

  private static void byteByByte(HttpServerResponse stream, byte[] bytes, int at) {
    if (at < bytes.length) {
      stream
          .write(Buffer.buffer(new byte[] {bytes[at]}))
          .onSuccess(none -> byteByByte(stream, bytes, at + 1));
    }
  }

  @Test
  void what_is_no_message_is_skipped() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          server.stream().write(": ping\n\nevent: other\ndata: {}\n\nid: 3\n\nretry: 1\n\n");
          server.stream().write("event: endpoint\ndata: http://localhost/evil\n\n");
          server.event("no json");
          server.event("[]");
          server.stream()
              .write(
                  "data: {\"jsonrpc\":\"2.0\",\"id\":"
                      + message.getValue("id")
                      + ",\"result\":{\"n\":1.10}}\n\n");
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{\"n\":1.10}");
  }

  @Test
  void a_server_that_answers_posts_late_does_not_hold_up_other_calls() throws Exception {
    List<Runnable> late = new ArrayList<>();
    server.onCall =
        (request, message) -> {
          if (message.getString("method").equals("slow")) {
            late.add(() -> server.echo(request, message));
          } else {
            server.echo(request, message);
          }
        };
    CompletableFuture<Exchange> slow = calls.start(uri(), "slow", "{\"slow\":1}");
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(slow).isNotDone();
    await().until(() -> late.size() == 1);
    late.getFirst().run();
    assertThat(Calls.result(slow)).isEqualTo("{\"slow\":1}");
  }

  @Test
  void more_than_may_wait_is_refused() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(3000) + "\"}";
    McpFailure failure = calls.failure(uri("maxQueuedBytes=2000"), "ping", large);
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
  }

  @Test
  void the_end_of_the_endpoint_closes_its_stream() throws Exception {
    calls.result(uri(), "ping", "{}");
    context.getEndpoint(uri()).stop();
    await().untilAtomic(server.closedStreams, is(1));
  }
}
