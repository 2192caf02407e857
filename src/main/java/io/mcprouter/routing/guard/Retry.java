package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail {@code retry}: repeats a call that failed where that can do no harm: the server
 * surely did not act on it, or the tool says that it may be called twice. Answers are never
 * repeated, whatever they say.
 */
public final class Retry {
  private static final int MOST = 10;
  private static final double JITTER = 0.5;

  private String server = "";
  private ToolHints hints = ToolHints.NONE;
  private int attempts = 3;
  private long delayMillis = 500;
  private long maxDelayMillis = 5_000;
  private long withinMillis = 30_000;

  /** One call: how often it was sent, and why the last time failed. */
  private static final class Series {
    private final Frame request;
    private final long began = System.nanoTime();
    private int made;
    private @Nullable Exception failure;

    Series(Frame request) {
      this.request = request;
    }
  }

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  public void setHints(ToolHints source) {
    hints = source;
  }

  /** How often a call is sent at most, from 1 to 10. */
  public void setAttempts(int most) {
    attempts = Numbers.within("attempts", most, 1, MOST);
  }

  /** The pause before the second attempt; each further one is twice as long. */
  public void setDelayMillis(long millis) {
    delayMillis = Numbers.within("delay", millis, 0, TimeUnit.HOURS.toMillis(1));
  }

  /** The longest pause. */
  public void setMaxDelayMillis(long millis) {
    maxDelayMillis = Numbers.within("maxDelay", millis, 0, TimeUnit.HOURS.toMillis(1));
  }

  /** How long after the first attempt began another may begin. */
  public void setWithinMillis(long millis) {
    withinMillis = Numbers.within("within", millis, 1, TimeUnit.HOURS.toMillis(1));
  }

  /** Begins a call. */
  public void begin(Exchange exchange) {
    exchange.setProperty(key(), new Series(ToolCalls.frame(exchange)));
  }

  /** Whether the call is sent, first or again. */
  public boolean goesOn(Exchange exchange) {
    Series series = series(exchange);
    return series.made == 0
        || (series.failure != null
            && series.made < attempts
            && elapsedMillis(series) < withinMillis
            && mayRepeat(exchange, series, series.failure));
  }

  private boolean mayRepeat(Exchange exchange, Series series, Exception failure) {
    return switch (McpFailure.from(failure, server).kind()) {
      case UNAVAILABLE, SESSION_LOST -> true; // it has not seen the call
      case CONNECTION_LOST, TIMED_OUT, PROTOCOL_VIOLATION ->
          hints
              .of(server, McpCall.of(exchange).caller(), ToolCalls.tool(series.request))
              .mayRepeat();
      default -> false;
    };
  }

  /** How long to wait before the attempt, in milliseconds; half of it is left to chance. */
  public long pause(Exchange exchange) {
    Series series = series(exchange);
    if (series.made == 0) {
      return 0;
    }
    long full = Math.min(maxDelayMillis, delayMillis << (series.made - 1));
    double share = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
    return Math.min((long) (full * share), Math.max(0, withinMillis - elapsedMillis(series)));
  }

  /** Makes the message what it was. */
  public void attempt(Exchange exchange) {
    Series series = series(exchange);
    series.made++;
    series.failure = null;
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT); // dealt with: others would take it for ours
    exchange.getMessage().setBody(series.request);
  }

  /** Takes note of a failure. */
  public void failed(Exchange exchange) {
    series(exchange).failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }

  /** Ends the call as its last attempt ended. */
  public void end(Exchange exchange) throws Exception {
    Series series = series(exchange);
    exchange.removeProperty(key());
    Exception failure = series.failure;
    if (failure != null) {
      throw series.made == 1 ? failure : told(failure, series.made);
    }
  }

  private McpFailure told(Exception failure, int made) {
    return McpFailure.from(failure, server).adding(" (tried " + made + " times)");
  }

  private static long elapsedMillis(Series series) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - series.began);
  }

  private Series series(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty(key(), Series.class), "begin comes first");
  }

  private String key() {
    return "CamelMcpRetry." + System.identityHashCode(this);
  }
}
