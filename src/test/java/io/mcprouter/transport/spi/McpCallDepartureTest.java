package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class McpCallDepartureTest {
  private static final Frame REPLY = Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
  private final McpFailure lost =
      McpFailure.of(McpFailure.Kind.SESSION_LOST, "crm", "unknown session");

  private final List<String> seen = new ArrayList<>();
  private final McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);

  private void watch(String connection) {
    call.onDeparture(
        reply -> seen.add(connection + (reply == null ? " without a reply" : " with the reply")));
  }

  @Test
  void the_connection_is_left_once_and_before_the_outcome_is_told() {
    call.onOutcome((reply, failure) -> seen.add("told"));
    watch("left");
    call.complete(REPLY);
    call.cancel(McpFailure.cancelled("too late"));

    assertThat(seen).containsExactly("left with the reply", "told");
  }

  @Test
  void a_call_that_is_cancelled_leaves_without_a_reply() {
    watch("left");
    call.cancel(McpFailure.cancelled("by the client"));

    assertThat(seen).containsExactly("left without a reply");
  }

  @Test
  void a_call_that_is_over_has_left_at_once() {
    call.cancel(McpFailure.cancelled("by the client"));
    watch("left");

    assertThat(seen).containsExactly("left without a reply");
  }

  @Test
  void a_call_that_is_sent_again_leaves_the_first_connection_and_then_the_second() {
    call.onOutcome((reply, failure) -> seen.add("told"));
    call.onSessionLost(() -> watch("second"));
    watch("first");
    call.sessionLost(lost);
    call.sessionLost(lost);

    assertThat(seen).containsExactly("first without a reply", "second without a reply", "told");
  }
}
