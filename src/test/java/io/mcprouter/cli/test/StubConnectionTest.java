package io.mcprouter.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.McpCall;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a stub answers that it is not made for. */
class StubConnectionTest {
  @Test
  void a_prompt_and_a_resource_are_calls_without_an_answer() {
    Stubs stubs = new Stubs(Map.of());
    StubConnection connection = new StubConnection("shop", stubs, ConnectionListener.NONE);

    String prompt = answer(connection, "prompts/get", "{\"name\":\"hello\"}");
    String resource = answer(connection, "resources/read", "{\"uri\":\"file:///a\"}");

    assertThat(prompt).contains("stubs have tools only");
    assertThat(resource).contains("stubs have tools only");
    assertThat(stubs.received())
        .allMatch(call -> call.answer() == null)
        .extracting(Stubs.Received::toString)
        .containsExactly(
            "shop/prompts/get {\"name\":\"hello\"}", "shop/resources/read {\"uri\":\"file:///a\"}");
  }

  private static String answer(StubConnection connection, String method, String params) {
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    connection.call(Frame.of(request), McpCall.internal(answer));
    return String.valueOf(Objects.requireNonNull(answer.join().error()).string("message"));
  }
}
