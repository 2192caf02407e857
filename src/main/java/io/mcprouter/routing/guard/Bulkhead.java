package io.mcprouter.routing.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The guardrail {@code bulkhead}: how many calls of each user run at once. */
public final class Bulkhead {
  private final ToolCalls toolCalls = new ToolCalls();

  /** Of those who have any. */
  private final Map<String, Integer> running = new ConcurrentHashMap<>();

  private String server = "";
  private int most = 5;

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  /** How many calls of a user may run at once. */
  public void setCalls(int calls) {
    most = Numbers.within("calls", calls, 1, 100_000);
  }

  /** Counts the call in, or answers it where there are too many; only the first is to leave. */
  public void enter(Exchange exchange) {
    boolean[] entered = {false};
    running.compute(
        toolCalls.user(exchange),
        (user, calls) -> {
          entered[0] = calls == null || calls < most;
          return entered[0] ? (calls == null ? 1 : calls + 1) : calls;
        });
    if (!entered[0]) {
      Answers.refuse(
          exchange,
          "bulkhead",
          "Too many calls at once: "
              + most
              + " of your calls at server '"
              + server
              + "' are still running. Nothing was done; try again when one of them has ended.");
    }
  }

  /** Counts the call out. */
  public void leave(Exchange exchange) {
    running.computeIfPresent(toolCalls.user(exchange), (user, calls) -> left(calls));
  }

  private static @Nullable Integer left(int calls) {
    return calls == 1 ? null : calls - 1;
  }
}
