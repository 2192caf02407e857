package io.mcprouter.routing.guard;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/** Beside Camel's throttler in the guardrail {@code rate-limit}: what callers are told. */
public final class RateLimit {
  private String server = "";
  private int calls;
  private long period;

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  /** How many calls a user has in each period. */
  public void setCalls(int most) {
    calls = Numbers.within("calls", most, 1, 1_000_000);
  }

  /** The period in milliseconds. */
  public void setPeriod(long millis) {
    period = Numbers.within("period", millis, 1, TimeUnit.DAYS.toMillis(1));
  }

  /** Answers the call. */
  public void refuse(Exchange exchange) {
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT); // dealt with: the answer says it
    Answers.refuse(
        exchange,
        "rate-limit",
        "Too many calls: you may call tools of server '"
            + server
            + "' "
            + calls
            + " times in "
            + period
            + " ms. Nothing was done; try again in "
            + period
            + " ms at the latest.");
  }
}
