package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and their answers, and what a session has in common. */
class HttpCallTest extends HttpFixture {
  @Test
  void a_call_is_one_post_and_its_answer() throws Exception {
    assertThat(calls.result(uri("header.X-Key=secret"), "tools/call", "{\"name\":\"a\"}"))
        .isEqualTo("{\"name\":\"a\"}");
    assertThat(server.methods())
        .containsExactly("initialize", "notifications/initialized", "tools/call");
    assertThat(server.requests)
        .allMatch(post -> post.getHeader("X-Key").equals("secret"))
        .allMatch(post -> post.getHeader("Content-Type").equals("application/json"))
        .allMatch(post -> post.getHeader("Accept").equals("application/json, text/event-stream"));
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26,", "2025-06-18, 2025-06-18", "2025-11-25, 2025-11-25"})
  void session_and_revision_are_named_from_then_on_as_the_revision_says(
      String revision, String header) throws Exception {
    server.revision = revision;
    calls.result(uri(), "ping", "{}");
    HttpServerRequest initialize = server.requests.getFirst();
    assertThat(initialize.headers().contains("Mcp-Session-Id")).isFalse();
    assertThat(initialize.headers().contains("MCP-Protocol-Version")).isFalse();
    assertThat(server.requests.subList(1, 3))
        .allMatch(post -> post.getHeader("Mcp-Session-Id").equals("session-1"))
        .extracting(post -> post.getHeader("MCP-Protocol-Version"))
        .containsOnly(header);
  }

  @Test
  void a_server_without_sessions_is_called_without_one() throws Exception {
    server.sessionId = "";
    calls.result(uri(), "ping", "{}");
    assertThat(server.requests).noneMatch(request -> request.headers().contains("Mcp-Session-Id"));
    context.getEndpoint(uri()).stop();
    assertThat(server.requests("DELETE")).isEmpty();
  }

  @Test
  void an_answer_as_events_may_say_more_before_the_reply() throws Exception {
    server.onInitialize =
        (request, message) -> {
          HttpServerResponse stream = request.response().putHeader("Mcp-Session-Id", "s");
          ScriptedHttp.stream(request);
          stream.write("id: 1\ndata:\n\n: comment\n\n");
          ScriptedHttp.event(
              stream,
              ScriptedHttp.reply(
                  message, "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}"));
          stream.end();
        };
    server.onCall =
        (request, message) -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          JsonObject meta = message.getJsonObject("params").getJsonObject("_meta");
          ScriptedHttp.event(
              stream,
              "{\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                  + meta.getValue("progressToken")
                  + ",\"progress\":1.10}}");
          ScriptedHttp.event(
              stream, "{\"method\":\"notifications/message\",\"params\":{\"data\":1}}");
          ScriptedHttp.event(stream, "no json");
          ScriptedHttp.event(stream, "{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":\"not mine\"}");
          ScriptedHttp.event(stream, ScriptedHttp.reply(message, "{\"n\":1.10}"));
          stream.end();
        };
    List<String> said = new CopyOnWriteArrayList<>();
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start(
        done,
        "{\"id\":\"x\",\"method\":\"tools/call\",\"params\":{\"_meta\":{\"progressToken\":\"t\"}}}",
        listening(said));
    assertThat(Calls.result(done)).isEqualTo("{\"n\":1.10}");
    assertThat(said)
        .containsExactly(
            "{\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"t\",\"progress\":1.10}}",
            "{\"method\":\"notifications/message\",\"params\":{\"data\":1}}");
  }

  private static CallStream listening(List<String> said) {
    return new CallStream() {
      @Override
      public void notify(Frame notification) {
        said.add(new String(notification.bytes(), StandardCharsets.UTF_8));
      }

      @Override
      public void ask(Frame request, Answer answer) {
        said.add(request.method());
        answer.reply(Frame.of("{\"id\":1,\"result\":{\"mine\":1.10}}"));
      }
    };
  }

  @Test
  void a_question_within_a_call_is_answered_by_a_post_of_its_own() throws Exception {
    CompletableFuture<HttpServerResponse> open = new CompletableFuture<>();
    CompletableFuture<JsonObject> asked = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          ScriptedHttp.event(stream, "{\"id\":\"q\",\"method\":\"elicitation/create\"}");
          ScriptedHttp.event(stream, "{\"id\":\"p\",\"method\":\"ping\"}");
          asked.complete(message);
          open.complete(stream);
        };
    List<String> said = new CopyOnWriteArrayList<>();
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    start(done, "{\"id\":1,\"method\":\"tools/call\"}", listening(said));
    await().until(() -> server.count("reply") == 2);
    assertThat(server.messages)
        .contains(
            new JsonObject("{\"id\":\"q\",\"result\":{\"mine\":1.10}}"),
            new JsonObject("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}"));
    assertThat(said).containsExactly("elicitation/create");
    ScriptedHttp.event(open.join(), ScriptedHttp.reply(asked.join(), "{}"));
    assertThat(Calls.result(done)).isEqualTo("{}");
  }

  @Test
  void a_stream_that_the_server_forgets_to_end_is_let_go() throws Exception {
    server.onCall =
        (request, message) ->
            ScriptedHttp.event(ScriptedHttp.stream(request), ScriptedHttp.reply(message, "{}"));
    calls.result(uri(), "ping", "{}");
    await().untilAtomic(server.abandoned, is(1));
  }

  @Test
  void cancelling_tells_the_server_and_lets_the_answer_go() throws Exception {
    CompletableFuture<JsonObject> slow = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          ScriptedHttp.stream(request).write(": wait\n\n");
          slow.complete(message);
        };
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    McpCall call = start(done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);
    JsonObject sent = slow.get();
    call.cancel(McpFailure.cancelled("by the client"));
    assertThat(Calls.failure(done))
        .hasMessage("Server 'weather': cancelled: by the client")
        .returns("weather", McpFailure::server)
        .returns(Kind.CANCELLED, McpFailure::kind);
    await().until(() -> server.count("notifications/cancelled") == 1);
    assertThat(server.messages.getLast().getJsonObject("params").getValue("requestId"))
        .isEqualTo(sent.getValue("id"));
    await().untilAtomic(server.abandoned, is(1));
  }

  @Test
  void a_call_that_is_cancelled_before_it_goes_out_is_never_sent() throws Exception {
    McpConnection connection = Connections.open(context, uri());
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    McpCall call = McpCall.internal(answer);
    call.clock(new StartClock(() -> call.cancel(McpFailure.cancelled("by the client"))));
    connection.call(Frame.of("{\"id\":1,\"method\":\"tools/call\"}"), call);
    assertThat(answer).isCompletedExceptionally();
    calls.result(uri(), "ping", "{}");
    assertThat(server.methods()).doesNotContain("tools/call", "notifications/cancelled");
  }

  @Test
  void sequential_calls_share_one_connection() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(calls.result(uri(), "tools/call", "{\"n\":" + i + "}"))
          .isEqualTo("{\"n\":" + i + "}");
    }
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void the_end_of_the_endpoint_ends_the_session() throws Exception {
    calls.result(uri(), "ping", "{}");
    context.getEndpoint(uri()).stop();
    await().until(() -> server.requests("DELETE").size() == 1);
    HttpServerRequest delete = server.requests("DELETE").getFirst();
    assertThat(delete.getHeader("Mcp-Session-Id")).isEqualTo("session-1");
    assertThat(delete.getHeader("MCP-Protocol-Version")).isEqualTo("2025-11-25");
  }

  @Test
  void the_end_of_the_context_ends_the_session_too() throws Exception {
    calls.result(uri(), "ping", "{}");
    context.stop();
    await().until(() -> server.requests("DELETE").size() == 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 400, 404, 405, 500})
  void whatever_the_server_says_to_a_delete_the_session_is_over(int status) throws Exception {
    server.onDelete = request -> ScriptedHttp.status(request, status);
    McpConnection connection = Connections.open(context, uri());
    assertThat(connection.close()).succeedsWithin(Duration.ofSeconds(4));
    assertThat(connection.isOpen()).isFalse();
    assertThat(connection.close()).isCompleted();
    assertThat(server.requests("DELETE")).hasSize(1);
  }

  @Test
  void closing_fails_open_calls_and_lets_their_answers_go() throws Exception {
    server.onCall = (request, message) -> ScriptedHttp.stream(request).write(": wait\n\n");
    CompletableFuture<Exchange> call = calls.start(uri(), "tools/call", "{}");
    await().until(() -> server.count("tools/call") == 1);
    context.getEndpoint(uri()).stop();
    assertThat(Calls.failure(call).kind()).isEqualTo(Kind.CONNECTION_LOST);
    await().untilAtomic(server.abandoned, is(1));
  }
}
