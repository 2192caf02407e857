package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.AuthorizationBehaviour;
import io.mcprouter.transport.ScriptedRight;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The right to use a server, over this transport. */
class HttpAuthorizationTest extends AuthorizationBehaviour {
  private ScriptedHttp server;

  @Override
  protected String endpoint(Predicate<HttpServerRequest> gate) {
    server = new ScriptedHttp(vertx);
    server.gate = gate;
    server.capabilities = "{\"tools\":{\"listChanged\":true}}";
    return endpointUri("mcp-http:weather", server.url(), "header.Authorization=Basic own");
  }

  private static String request(int n) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"n\":" + n + "}}";
  }

  /** From now on the server wants another right, which a refusal brings. */
  private void expire() {
    right.wanted = "Bearer newer";
    right.remedy =
        () -> {
          right.value = "Bearer newer";
          return CompletableFuture.completedFuture(null);
        };
  }

  private McpConnection admitted() throws Exception {
    right.value = "Bearer new";
    McpConnection connection = open();
    await().until(() -> server.requests("GET").size() == 1);
    return connection;
  }

  @Test
  void a_call_that_is_refused_is_sent_once_more_in_the_same_session() throws Exception {
    McpConnection connection = admitted();
    expire();
    assertThat(call(connection, request(1)).isReply()).isTrue();
    assertThat(call(connection, request(2)).isReply()).isTrue();
    assertThat(right.refusals).containsExactly("401 " + ScriptedRight.CHALLENGE + " Bearer new");
    assertThat(server.count("initialize")).isEqualTo(1);
    assertThat(server.count("tools/call")).isEqualTo(2);
    connection.close().get(20, TimeUnit.SECONDS);
    assertThat(server.requests("DELETE")).hasSize(1);
  }

  @Test
  void a_call_that_needs_a_login_fails_with_its_link() throws Exception {
    McpConnection connection = admitted();
    right.wanted = "Bearer newer";
    right.remedy =
        () ->
            CompletableFuture.failedFuture(
                McpFailure.loginRequired("weather", "log in first", "http://router/login/1"));
    assertThat(failure(() -> call(connection, request(1))).link())
        .isEqualTo("http://router/login/1");
    right.wanted = null;
    assertThat(call(connection, request(2)).isReply()).isTrue();
    connection.close().get(20, TimeUnit.SECONDS);
  }

  @Test
  void notifications_and_the_end_of_the_session_are_sent_once_more_too() throws Exception {
    McpConnection connection = admitted();
    expire();
    connection.notify(
        Frame.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}"));
    await().until(() -> server.count("notifications/roots/list_changed") == 1);
    right.wanted = "Bearer newest";
    right.remedy =
        () -> {
          right.value = "Bearer newest";
          return CompletableFuture.completedFuture(null);
        };
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
    expire();
    first.end();
    await().until(() -> stream.get() != first);
    assertThat(right.refusals).containsExactly("401 " + ScriptedRight.CHALLENGE + " Bearer new");
    connection.close().get(20, TimeUnit.SECONDS);
  }
}
