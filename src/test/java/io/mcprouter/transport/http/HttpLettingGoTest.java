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
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What is reset is one's own: Vert.x closes a connection also below its next user. */
class HttpLettingGoTest extends HttpFixture {
  @Test
  void a_stream_that_ended_is_never_reset_below_its_connections_next_user() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    List<String> heard = new CopyOnWriteArrayList<>();
    server.onGet =
        request -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          if (server.requests("GET").size() == 1) {
            stream.end("retry: 60000\ndata: {\"method\":\"notifications/first\"}\n\n");
          } else {
            ScriptedHttp.event(stream, "{\"method\":\"notifications/second\"}");
          }
        };
    McpConnection ended = Connections.open(context, uri(), "{}", hearing(heard));
    await().until(() -> heard.contains("notifications/first"));
    Connections.open(context, uri(), "{}", hearing(heard));
    await().until(() -> heard.contains("notifications/second"));
    assertThat(server.requests("GET").getLast().connection())
        .isSameAs(server.requests("GET").getFirst().connection());
    ended.close().join();
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(server.abandoned).hasValue(0);
  }

  @Test
  void a_call_between_two_streams_is_cancelled_without_harm_to_its_connections_next_user()
      throws Exception {
    CompletableFuture<HttpServerResponse> slow = new CompletableFuture<>();
    CompletableFuture<JsonObject> asked = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          if (message.getString("method").equals("tools/call")) {
            stream.end("id: 1\nretry: 60000\ndata: {\"method\":\"notifications/message\"}\n\n");
          } else {
            stream.write(": wait\n\n");
            asked.complete(message);
            slow.complete(stream);
          }
        };
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<Exchange> polling = new CompletableFuture<>();
    McpCall call = start(polling, "{\"id\":1,\"method\":\"tools/call\"}", noting(heard));
    await().until(() -> heard.contains("polled"));
    CompletableFuture<Exchange> next = calls.start(uri(), "ping", "{}");
    HttpServerResponse stream = slow.get();
    call.cancel(McpFailure.cancelled("by the client"));
    await().until(() -> server.count("notifications/cancelled") == 1);
    ScriptedHttp.event(stream, ScriptedHttp.reply(asked.join(), "{\"mine\":1}"));
    stream.end();
    assertThat(Calls.result(next)).isEqualTo("{\"mine\":1}");
    assertThat(server.abandoned).hasValue(0);
  }

  @Test
  void an_answer_that_nobody_wants_is_still_let_go() throws Exception {
    server.onCall = (request, message) -> ScriptedHttp.stream(request).write(": wait\n\n");
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    McpCall call = start(done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);
    await().until(() -> server.count("tools/call") == 1);
    call.cancel(McpFailure.cancelled("by the client"));
    await().untilAtomic(server.abandoned, is(1));
  }

  private static ConnectionListener hearing(List<String> heard) {
    return new ConnectionListener() {
      @Override
      public void notified(Frame notification) {
        heard.add(notification.method());
      }

      @Override
      public void asked(Frame request, CallStream.Answer answer) {}

      @Override
      public void closed(McpFailure reason) {}
    };
  }

  private static CallStream noting(List<String> heard) {
    return new CallStream() {
      @Override
      public void notify(Frame notification) {
        heard.add(notification.method());
      }

      @Override
      public void ask(Frame request, Answer answer) {}

      @Override
      public void polled(long retryMillis) {
        heard.add("polled");
      }
    };
  }
}
