package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.integration.call.CallTarget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test: what is done, and what must come of it.
 *
 * @param at where the file says it
 * @param expected of the answer; empty where any will do that is no failure
 * @param calls what the stubs must have got, in this order; null where that is not looked at
 * @param received what must have come to mock endpoints, by their URI
 */
public record RouteTest(
    String name,
    SourceLocation at,
    Action action,
    List<Expectation> expected,
    @Nullable Calls calls,
    List<Received> received) {
  public RouteTest {
    expected = List.copyOf(expected);
    received = List.copyOf(received);
  }

  /** What a test does. */
  sealed interface Action {}

  /**
   * Calls as a client would.
   *
   * @param user the headers that say who calls; empty for the local user
   */
  record Call(CallTarget target, JsonNode arguments, Map<String, String> user) implements Action {}

  /** Sends a message to an endpoint. */
  record Send(String to, String body, Map<String, Object> headers) implements Action {}

  /** The calls that stubs must have got. */
  record Calls(SourceLocation at, List<Called> calls) {
    Calls {
      calls = List.copyOf(calls);
    }
  }

  /**
   * One call that a stub must have got.
   *
   * @param arguments what its arguments must hold; null for any
   */
  record Called(SourceLocation at, String server, String tool, @Nullable JsonNode arguments) {
    @Override
    public String toString() {
      return server + "/" + tool + (arguments == null ? "" : " " + arguments);
    }
  }

  /** The messages that a mock endpoint must have got. */
  record Received(SourceLocation at, String uri, List<Message> messages) {
    Received {
      messages = List.copyOf(messages);
    }
  }

  /** What is expected of one message. */
  record Message(SourceLocation at, List<Expectation> expected) {
    Message {
      expected = List.copyOf(expected);
    }
  }
}
