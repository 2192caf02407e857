package io.mcprouter.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers are told of failures. Addresses, hosts, commands and what else operators wrote are
 * for administrators; others are told what it means for them, and an id under which the rest stands
 * in the log.
 */
public final class Disclosure {
  private static final Logger LOG = LoggerFactory.getLogger(Disclosure.class);
  private static final int MOST_IDS = 10_000;
  private static final Duration KEPT = Duration.ofMinutes(30);

  private final Predicate<Caller> administrators;

  /** By what is hidden: what is told again, as a status is, keeps its id, and is logged once. */
  private final Cache<String, String> ids =
      Caffeine.newBuilder().maximumSize(MOST_IDS).expireAfterWrite(KEPT).build();

  /**
   * @param administrators who is told everything
   */
  public Disclosure(Predicate<Caller> administrators) {
    this.administrators = administrators;
  }

  /** Tells everybody everything: whoever calls is the operator. */
  public static Disclosure full() {
    return new Disclosure(caller -> true);
  }

  /** Whether a caller may see what operators wrote. */
  public boolean isFull(Caller caller) {
    return administrators.test(caller);
  }

  /** A failure as this caller may see it. */
  public McpFailure to(Caller caller, McpFailure failure) {
    String meaning = meaning(failure.kind());
    if (meaning.isEmpty() || isFull(caller)) {
      return failure;
    }
    String why = String.valueOf(origin(failure).getMessage());
    return McpFailure.of(failure.kind(), failure.server(), hidden(meaning, why));
  }

  /**
   * Why something is as it is, as this caller may see it.
   *
   * @param meaning what others than administrators are told instead
   */
  public String told(Caller caller, String meaning, String why) {
    return isFull(caller) ? why : hidden(meaning, why);
  }

  private String hidden(String meaning, String why) {
    return meaning + " (the router's log says why, under " + ids.get(why, Disclosure::log) + ")";
  }

  private static String log(String why) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.info("{}: {}", id, why);
    return id;
  }

  /** The failure that was remembered, where this one only says more. */
  private static McpFailure origin(McpFailure failure) {
    McpFailure origin = failure;
    while (origin.getCause() instanceof McpFailure before) {
      origin = before;
    }
    return origin;
  }

  /** Empty for what names nothing of the operator's. */
  private static String meaning(McpFailure.Kind kind) {
    return switch (kind) {
      case TIMED_OUT, LIMIT_REACHED, CANCELLED, LOGIN_REQUIRED, VARIABLES_MISSING -> "";
      case UNAVAILABLE -> "cannot be reached now; try again later";
      case CONNECTION_LOST -> "the connection was lost, and it may have acted on the call";
      case SESSION_LOST -> "it forgot the session and did nothing; try again";
      case NOT_CONFIGURED -> "cannot be used; only an administrator can help";
      case FORBIDDEN -> "this is refused";
      case PROTOCOL_VIOLATION -> "gave an answer that cannot be used";
      case INTERNAL -> "failed inside the router";
    };
  }
}
