package io.mcprouter.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.transport.AuthorizationBehaviour;
import io.mcprouter.transport.ScriptedRight;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The right to use a server, over this transport. */
class SseAuthorizationTest extends AuthorizationBehaviour {
  private ScriptedSse server;

  @Override
  protected String endpoint(Predicate<HttpServerRequest> gate) {
    server = new ScriptedSse(vertx);
    server.gate = gate;
    return endpointUri("mcp-sse:weather", server.url(), "header.Authorization=Basic own");
  }

  private static String request(int n) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"n\":" + n + "}}";
  }

  @Test
  void a_message_that_is_refused_is_posted_once_more() throws Exception {
    right.value = "Bearer new";
    McpConnection connection = open();
    right.wanted = "Bearer newer";
    right.remedy =
        () -> {
          right.value = "Bearer newer";
          return CompletableFuture.completedFuture(null);
        };
    assertThat(call(connection, request(1)).isReply()).isTrue();
    assertThat(call(connection, request(2)).isReply()).isTrue();
    assertThat(right.refusals).containsExactly("401 " + ScriptedRight.CHALLENGE + " Bearer new");
    assertThat(server.messages.stream().filter(one -> one.containsKey("params")).count())
        .isEqualTo(3);
    connection.close().get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_message_that_needs_a_login_fails_alone() throws Exception {
    right.value = "Bearer new";
    McpConnection connection = open();
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
}
