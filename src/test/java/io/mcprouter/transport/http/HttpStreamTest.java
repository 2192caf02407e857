package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listening stream, and streams of answers that end before the answer. */
class HttpStreamTest extends HttpFixture {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CompletableFuture<McpFailure> closed = new CompletableFuture<>();
  private final ConnectionListener listener =
      new ConnectionListener() {
        @Override
        public void notified(Frame notification) {
          heard.add(notification.method());
        }

        @Override
        public void asked(Frame request, CallStream.Answer answer) {
          heard.add(request.method());
          answer.decline("nobody is there");
        }

        @Override
        public void closed(McpFailure reason) {
          closed.complete(reason);
        }
      };

  private McpConnection open(String capabilities, String... options) throws Exception {
    return Connections.open(context, uri(options), capabilities, listener);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};{};false",
        "{\"tools\":{},\"prompts\":{},\"resources\":{}};{};false",
        "{\"tools\":{\"listChanged\":false}};{};false",
        "{\"tools\":{\"listChanged\":true}};{};true",
        "{\"prompts\":{\"listChanged\":true}};{};true",
        "{\"resources\":{\"subscribe\":true}};{};true",
        "{\"resources\":{\"listChanged\":true}};{};true",
        "{\"logging\":{}};{};true",
        "{};{\"roots\":{}};true"
      })
  void the_stream_is_opened_where_the_server_could_use_it(
      String ofServer, String ofClient, boolean worthwhile) throws Exception {
    server.capabilities = ofServer;
    McpConnection connection = open(ofClient);
    if (worthwhile) {
      await().until(() -> server.requests("GET").size() == 1);
      HttpServerRequest get = server.requests("GET").getFirst();
      assertThat(get.getHeader("Accept")).isEqualTo("text/event-stream");
      assertThat(get.getHeader("Mcp-Session-Id")).isEqualTo("session-1");
      assertThat(get.getHeader("MCP-Protocol-Version")).isEqualTo("2025-11-25");
      assertThat(get.headers().contains("Last-Event-ID")).isFalse();
    } else {
      connection.close().join();
      assertThat(server.requests("GET")).isEmpty();
    }
  }

  @Test
  void what_the_server_says_there_reaches_the_listener() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          ScriptedHttp.event(stream, "{\"method\":\"notifications/tools/list_changed\"}");
          ScriptedHttp.event(stream, "{\"id\":7,\"method\":\"roots/list\"}");
          ScriptedHttp.event(stream, "{\"id\":0,\"result\":{}}");
          ScriptedHttp.event(stream, "{\"method\":\"notifications/message\"}");
        };
    open("{}");
    await().until(() -> heard.size() == 3);
    assertThat(heard)
        .containsExactly("notifications/tools/list_changed", "roots/list", "notifications/message");
    await().until(() -> server.count("reply") == 1);
    assertThat(server.messages.getLast().getJsonObject("error").getInteger("code")).isNotNull();
  }

  @Test
  void a_stream_that_ends_is_taken_up_again_behind_its_last_event() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          if (server.requests("GET").size() == 1) {
            stream.write("retry: 10\nid: e-1\ndata: {\"method\":\"notifications/a\"}\n\n");
            stream.end();
          } else {
            ScriptedHttp.event(stream, "{\"method\":\"notifications/b\"}");
          }
        };
    McpConnection connection = open("{}");
    await().until(() -> heard.size() == 2);
    assertThat(server.requests("GET").getLast().getHeader("Last-Event-ID")).isEqualTo("e-1");
    assertThat(connection.isOpen()).isTrue();
    connection.close().join();
    await().untilAtomic(server.abandoned, is(1));
  }

  @Test
  void a_server_that_wants_to_be_asked_at_once_is_asked_soon() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet = request -> ScriptedHttp.stream(request).end("retry: 0\nid: e-1\ndata:\n\n");
    open("{}");
    await().until(() -> server.requests("GET").size() >= 3);
  }

  @Test
  void an_answer_that_is_to_be_asked_for_at_once_is_asked_for_soon() throws Exception {
    CompletableFuture<JsonObject> asked = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          asked.complete(message);
          ScriptedHttp.stream(request).end("id: a-1\nretry: 0\ndata:\n\n");
        };
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          ScriptedHttp.event(stream, ScriptedHttp.reply(asked.join(), "{}"));
          stream.end();
        };
    assertThat(calls.result(uri(), "tools/call", "{}")).isEqualTo("{}");
  }

  @Test
  void several_messages_in_one_event_are_taken_apart() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet =
        request ->
            ScriptedHttp.event(
                ScriptedHttp.stream(request),
                "[{\"method\":\"notifications/a\"},{\"method\":\"notifications/b\"}]");
    open("{}");
    await().until(() -> heard.equals(List.of("notifications/a", "notifications/b")));
  }

  @Test
  void a_silent_stream_is_opened_anew() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet = request -> ScriptedHttp.stream(request).write("retry: 10\n\n");
    open("{}", "streamIdleTimeout=200");
    await().until(() -> server.requests("GET").size() >= 2);
  }

  @Test
  void an_event_without_end_costs_the_stream_and_not_the_session() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          stream.write("retry: 10\n\ndata: " + "x".repeat(3000));
        };
    McpConnection connection = open("{}", "maxMessageBytes=2000");
    await().until(() -> server.requests("GET").size() >= 2);
    assertThat(connection.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 406, 501})
  void a_server_without_a_stream_is_called_all_the_same(int status) throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet = request -> ScriptedHttp.status(request, status);
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    await().until(() -> server.requests("GET").size() == 1);
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void a_session_that_the_stream_finds_gone_is_over() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet = request -> ScriptedHttp.status(request, 404);
    McpConnection connection = open("{}");
    assertThat(closed.get().kind()).isEqualTo(Kind.SESSION_LOST);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void an_answer_is_awaited_in_further_streams_behind_its_last_event() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    CompletableFuture<JsonObject> asked = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          asked.complete(message);
          HttpServerResponse stream = ScriptedHttp.stream(request);
          stream.write("id: a-1\nretry: 10\ndata:\n\n");
          stream.end();
        };
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          if (polls.incrementAndGet() == 1) {
            stream.write("id: a-2\ndata: {\"method\":\"notifications/message\"}\n\n");
          } else {
            ScriptedHttp.event(stream, ScriptedHttp.reply(asked.join(), "{\"n\":1.10}"));
          }
          stream.end();
        };
    List<Long> retries = new CopyOnWriteArrayList<>();
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start(done, "{\"id\":1,\"method\":\"tools/call\"}", new Polled(retries, heard));
    assertThat(Calls.result(done)).isEqualTo("{\"n\":1.10}");
    assertThat(server.count("tools/call")).isEqualTo(1);
    assertThat(server.requests("GET"))
        .extracting(get -> get.getHeader("Last-Event-ID"))
        .containsExactly("a-1", "a-2");
    assertThat(retries).containsExactly(100L, 100L);
    assertThat(heard).containsExactly("notifications/message");
  }

  @Test
  void a_stream_that_breaks_off_is_taken_up_again_without_letting_the_client_go() throws Exception {
    assertThat(
            pollsAfter(
                request ->
                    ScriptedHttp.stream(request)
                        .write("id: a-1\nretry: 10\ndata:\n\n")
                        .onSuccess(none -> request.connection().close())))
        .isEmpty();
  }

  @Test
  void a_server_that_names_no_time_to_be_polled_keeps_the_client() throws Exception {
    assertThat(
            pollsAfter(
                request -> {
                  ScriptedHttp.stream(request).write("id: a-1\ndata:\n\n");
                  request.response().end();
                }))
        .isEmpty();
  }

  /** What the client is told of a first stream's end, where a second stream brings the answer. */
  private List<Long> pollsAfter(Handler<HttpServerRequest> firstStream) throws Exception {
    CompletableFuture<JsonObject> asked = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          asked.complete(message);
          firstStream.handle(request);
        };
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          ScriptedHttp.event(stream, ScriptedHttp.reply(asked.join(), "{}"));
          stream.end();
        };
    List<Long> retries = new CopyOnWriteArrayList<>();
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start(done, "{\"id\":1,\"method\":\"tools/call\"}", new Polled(retries, heard));
    assertThat(Calls.result(done)).isEqualTo("{}");
    return retries;
  }

  private record Polled(List<Long> retries, List<String> heard) implements CallStream {
    @Override
    public void notify(Frame notification) {
      heard.add(notification.method());
    }

    @Override
    public void ask(Frame request, Answer answer) {
      answer.decline("not here");
    }

    @Override
    public void polled(long retryMillis) {
      retries.add(retryMillis);
    }
  }

  @Test
  void a_stream_that_breaks_without_event_ids_loses_the_call() throws Exception {
    server.onCall =
        (request, message) ->
            ScriptedHttp.stream(request)
                .write(": wait\n\n")
                .onSuccess(none -> request.connection().close());
    McpFailure failure = calls.failure(uri(), "tools/call", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(failure).hasMessageContaining("ended before the answer");
    assertThat(server.count("tools/call")).isEqualTo(1);
  }

  @Test
  void a_stream_that_cannot_be_taken_up_again_loses_the_call() throws Exception {
    server.onCall =
        (request, message) -> {
          ScriptedHttp.stream(request).write("id: 1\nretry: 1\ndata:\n\n");
          request.response().end();
        };
    assertThat(calls.failure(uri(), "tools/call", "{}"))
        .hasMessageContaining("cannot be resumed (HTTP 405)");
  }

  @Test
  void a_server_that_always_ends_its_stream_is_given_up() throws Exception {
    server.onCall =
        (request, message) -> {
          ScriptedHttp.stream(request).write("id: 1\nretry: 1\ndata:\n\n");
          request.response().end();
        };
    server.onGet = request -> ScriptedHttp.stream(request).end();
    assertThat(calls.failure(uri(), "tools/call", "{}").kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(server.requests("GET")).hasSize(20);
  }

  @Test
  void cancelling_lets_the_resumed_stream_go_too() throws Exception {
    server.onCall =
        (request, message) -> {
          ScriptedHttp.stream(request).write("id: 1\nretry: 1\ndata:\n\n");
          request.response().end();
        };
    server.onGet = request -> ScriptedHttp.stream(request).write(": wait\n\n");
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    McpCall call = start(done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);
    await().until(() -> server.requests("GET").size() == 1);
    call.cancel(McpFailure.cancelled("by the client"));
    await().untilAtomic(server.abandoned, is(1));
    await().until(() -> server.count("notifications/cancelled") == 1);
  }
}
