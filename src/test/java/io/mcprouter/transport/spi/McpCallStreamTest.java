package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of a route that stand in a call's stream. */
class McpCallStreamTest {
  private static final Frame SAID =
      Frame.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");

  private final List<String> heard = new ArrayList<>();
  private final McpCall call =
      new McpCall(Caller.APPLICATION, McpClient.NONE, new Named("client", CallStream.NONE));

  private final class Named implements CallStream {
    private final String name;
    private final CallStream next;

    Named(String name, CallStream next) {
      this.name = name;
      this.next = next;
    }

    @Override
    public void notify(Frame notification) {
      heard.add(name);
      next.notify(notification);
    }

    @Override
    public void ask(Frame request, Answer answer) {
      heard.add(name + " asked");
      next.ask(request, answer);
    }
  }

  @Test
  void the_step_that_is_nearest_to_the_server_hears_it_first() {
    call.through("outer", stream -> new Named("outer", stream));
    call.through("inner", stream -> new Named("inner", stream));
    call.attempt().notify(SAID);

    assertThat(heard).containsExactly("inner", "outer", "client");
  }

  @Test
  void a_step_that_is_passed_again_stands_there_once_and_hears_every_attempt() {
    for (int pass = 0; pass < 3; pass++) {
      call.through("retried", stream -> new Named("retried", stream));
      call.attempt().notify(SAID);
    }
    assertThat(heard)
        .containsExactly("retried", "client", "retried", "client", "retried", "client");
  }

  @Test
  void questions_pass_it_too() {
    call.through("step", stream -> new Named("step", stream));
    List<String> declined = new ArrayList<>();
    call.ask(
        SAID,
        new CallStream.Answer() {
          @Override
          public void reply(Frame reply) {}

          @Override
          public void decline(String reason) {
            declined.add(reason);
          }

          @Override
          public void onWithdrawn(Runnable action) {}
        });
    assertThat(heard).containsExactly("step asked", "client asked");
    assertThat(declined).hasSize(1);
  }
}
