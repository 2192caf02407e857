package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.RequestAuthorizationBehaviour;
import io.mcprouter.transport.ScriptedRight;
import io.mcprouter.transport.spi.McpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The right to use a server, over this transport. */
class HttpAuthorizationTest extends RequestAuthorizationBehaviour {
  private ScriptedHttp server;

  @Override
  protected String endpoint(Predicate<HttpServerRequest> gate) {
    server = new ScriptedHttp(vertx);
    server.gate = gate;
    server.capabilities = "{\"tools\":{\"listChanged\":true}}";
    return endpointUri("mcp-http:weather", server.url(), "header.Authorization=Basic own");
  }

  @Override
  protected McpConnection admitted() throws Exception {
    McpConnection connection = super.admitted();
    await().until(() -> server.requests("GET").size() == 1);
    return connection;
  }

  @Override
  protected void assertRepeatedOnce() {
    assertThat(server.count("initialize")).isEqualTo(1);
    assertThat(server.count("tools/call")).isEqualTo(2);
  }

  @Override
  protected void assertClosed() {
    assertThat(server.requests("DELETE")).hasSize(1);
  }

  @Test
  void notifications_and_the_end_of_the_session_are_sent_once_more_too() throws Exception {
    McpConnection connection = admitted();
    replaceBy("Bearer newer");
    connection.notify(
        Frame.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}"));
    await().until(() -> server.count("notifications/roots/list_changed") == 1);
    replaceBy("Bearer newest");
    connection.close().get(20, TimeUnit.SECONDS);
    assertThat(server.requests("DELETE")).hasSize(2);
    assertThat(right.refusals).hasSize(2);
  }

  @Test
  void a_listening_stream_that_is_refused_is_opened_again() throws Exception {
    right.value = "Bearer new";
    AtomicReference<HttpServerResponse> stream = new AtomicReference<>();
    McpConnection connection =
        open(
            () ->
                server.onGet =
                    request -> {
                      HttpServerResponse opened = ScriptedHttp.stream(request);
                      opened.write(": hello\n\nretry: 100\n\n");
                      stream.set(opened);
                    });
    await().until(() -> stream.get() != null);
    HttpServerResponse first = stream.get();
    replaceBy("Bearer newer");
    first.end();
    await().until(() -> stream.get() != first);
    assertThat(right.refusals).containsExactly("401 " + ScriptedRight.CHALLENGE + " Bearer new");
    connection.close().get(20, TimeUnit.SECONDS);
  }
}
