package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Many users of one host share its connections without standing in each other's way. */
class HttpCapacityTest extends HttpFixture {
  private static final int USERS = 650;

  @Test
  void a_listening_stream_for_every_user_leaves_calls_their_connections() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet = request -> ScriptedHttp.stream(request).write(": here\n\n");
    List<McpConnection> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(Connections.open(context, uri()));
    }
    await().until(() -> server.requests("GET").size() == USERS);
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    users.getFirst().call(Frame.of("{\"id\":1,\"method\":\"ping\"}"), McpCall.internal(answer));
    assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
    assertThat(calls.result(uri(), "tools/call", "{}")).isEqualTo("{}");
  }

  @Test
  void calls_that_hold_all_connections_still_get_answers_to_what_their_server_asks()
      throws Exception {
    List<Runnable> answers = new CopyOnWriteArrayList<>();
    server.onCall =
        (request, message) -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          answers.add(
              () -> {
                ScriptedHttp.event(stream, ScriptedHttp.reply(message, "{}"));
                stream.end();
              });
          ScriptedHttp.event(
              stream, "{\"id\":\"" + answers.size() + "\",\"method\":\"elicitation/create\"}");
        };
    String uri = uri("clientOptions=" + bean("two", new HttpClientOptions().setMaxPoolSize(2)));
    CompletableFuture<Exchange> first = new CompletableFuture<>();
    CompletableFuture<Exchange> second = new CompletableFuture<>();
    start(uri, first, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);
    start(uri, second, "{\"id\":2,\"method\":\"tools/call\"}", CallStream.NONE);
    await().until(() -> server.count("reply") == 2);
    answers.forEach(Runnable::run);
    assertThat(Calls.result(first)).isEqualTo("{}");
    assertThat(Calls.result(second)).isEqualTo("{}");
  }

  @Test
  void more_calls_than_may_wait_for_a_connection_are_refused() throws Exception {
    server.onCall = (request, message) -> ScriptedHttp.stream(request).write(": wait\n\n");
    HttpClientOptions small = new HttpClientOptions().setMaxPoolSize(1).setMaxWaitQueueSize(1);
    String uri = uri("clientOptions=" + bean("small", small));
    calls.start(uri, "tools/call", "{}");
    await().until(() -> server.count("tools/call") == 1);
    List<CompletableFuture<Exchange>> two =
        List.of(calls.start(uri, "tools/call", "{}"), calls.start(uri, "tools/call", "{}"));
    await().until(() -> two.stream().anyMatch(CompletableFuture::isDone));
    CompletableFuture<Exchange> refused =
        two.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
    McpFailure failure = Calls.failure(refused);
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
    assertThat(failure)
        .hasMessageContaining("too many requests are open there")
        .hasMessageContaining("try again")
        .hasMessageNotContaining("127.0.0.1"); // where servers are is the operators' affair
    assertThat(server.count("tools/call")).isEqualTo(1);
  }

  private String bean(String name, HttpClientOptions options) {
    context.getRegistry().bind(name, options);
    return "#" + name;
  }
}
