package io.mcprouter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the transports have in common that show the right with each message. */
public abstract class RequestAuthorizationBehaviour extends AuthorizationBehaviour {
  protected static String request(int n) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"n\":" + n + "}}";
  }

  /** A connection that was opened with the right that the server wants. */
  protected McpConnection admitted() throws Exception {
    right.value = "Bearer new";
    return open();
  }

  /** From now on the server wants another right, which a refusal brings. */
  protected final void replaceBy(String wanted) {
    right.wanted = wanted;
    right.remedy =
        () -> {
          right.value = wanted;
          return CompletableFuture.completedFuture(null);
        };
  }

  /** Of two calls the first was refused once: what the server saw of all that. */
  protected abstract void assertRepeatedOnce();

  /** What the server saw of the end. */
  protected void assertClosed() {}

  @Test
  void a_call_that_is_refused_is_sent_once_more_on_the_same_connection() throws Exception {
    McpConnection connection = admitted();
    replaceBy("Bearer newer");
    assertThat(call(connection, request(1)).isReply()).isTrue();
    assertThat(call(connection, request(2)).isReply()).isTrue();
    assertThat(right.refusals).containsExactly("401 " + ScriptedRight.CHALLENGE + " Bearer new");
    assertRepeatedOnce();
    connection.close().get(20, TimeUnit.SECONDS);
    assertClosed();
  }

  @Test
  void a_call_that_needs_a_login_fails_alone_and_with_its_link() throws Exception {
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
}
