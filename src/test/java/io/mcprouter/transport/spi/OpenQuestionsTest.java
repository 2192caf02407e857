package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that ends takes along what the server has asked within it. */
class OpenQuestionsTest {
  private static final Frame QUESTION =
      Frame.of("{\"id\":\"q\",\"method\":\"elicitation/create\"}");
  private static final Frame REPLY = Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");

  private final List<String> toServer = new ArrayList<>();
  private final List<String> toClient = new ArrayList<>();
  private final List<CallStream.Answer> asked = new ArrayList<>();
  private final McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, new Client());

  private ServerQuestion ask() {
    ServerQuestion question =
        new ServerQuestion(
            QUESTION, answer -> toServer.add(new String(answer, StandardCharsets.UTF_8)));
    call.ask(QUESTION, question);
    return question;
  }

  @Test
  void a_question_that_is_open_when_the_call_ends_is_declined_and_taken_back() {
    ServerQuestion question = ask();
    call.cancel(McpFailure.cancelled("by the client"));

    assertThat(question.isAnswered()).isTrue();
    assertThat(toServer).singleElement().asString().contains("decline");
    assertThat(toClient).containsExactly("asked", "taken back");
  }

  @Test
  void a_question_that_was_answered_is_not_touched() {
    ask();
    asked.getFirst().reply(Frame.of("{\"id\":1,\"result\":{\"action\":\"accept\"}}"));
    call.complete(REPLY);

    assertThat(toServer).singleElement().asString().contains("accept");
    assertThat(toClient).containsExactly("asked");
  }

  @Test
  void the_client_is_not_asked_for_a_call_that_is_over() {
    call.complete(REPLY);
    ask();

    assertThat(toServer).singleElement().asString().contains("decline");
    assertThat(toClient).isEmpty();
  }

  private final class Client implements CallStream {
    @Override
    public void notify(Frame notification) {}

    @Override
    public void ask(Frame request, Answer answer) {
      toClient.add("asked");
      asked.add(answer);
      answer.onWithdrawn(() -> toClient.add("taken back"));
    }
  }
}
