package io.mcprouter.routing.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail {@code cache}: keeps results of tools that declare that they only read, for each
 * user and each set of arguments. Errors of any kind are never kept.
 */
public final class ResultCache {
  private static final String KEY = "CamelMcpCacheKey.";
  private static final int LONGEST_SECONDS = 86_400;

  private String server = "";
  private ToolHints hints = ToolHints.NONE;
  private int seconds = 60;
  private int entries = 1_000;
  private int bytes = 16 << 20;
  private @Nullable Cache<Key, Frame> results;

  private record Key(String user, String tool, String arguments) {}

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  public void setHints(ToolHints source) {
    hints = source;
  }

  /** How long a result is kept. */
  public void setSeconds(int value) {
    seconds = Numbers.within("seconds", value, 1, LONGEST_SECONDS);
  }

  /** How many results are kept at most. */
  public void setEntries(int value) {
    entries = Numbers.within("entries", value, 1, 1_000_000);
  }

  /** How many bytes of results are kept at most. */
  public void setBytes(int value) {
    bytes = Numbers.within("bytes", value, 1, 1 << 30);
  }

  private synchronized Cache<Key, Frame> results() {
    Cache<Key, Frame> cache = results;
    if (cache == null) {
      int least = Math.max(1, bytes / entries); // so that no more entries than these can be kept
      cache =
          Caffeine.newBuilder()
              .expireAfterWrite(Duration.ofSeconds(seconds))
              .maximumWeight(bytes)
              .weigher((Key key, Frame result) -> Math.max(least, result.length()))
              .build();
      results = cache;
    }
    return cache;
  }

  /** Answers with what is kept; else notes under which key the result may be kept. */
  public void find(Exchange exchange) {
    Frame request = ToolCalls.frame(exchange);
    McpCall call = McpCall.of(exchange);
    exchange.removeProperty(property());
    if (!CallForm.isPlain(request)
        || !hints.of(server, call.caller(), ToolCalls.tool(request)).readOnly()) {
      return;
    }
    Key key =
        new Key(
            call.caller().key(),
            ToolCalls.tool(request),
            Canonical.digest(ToolCalls.arguments(request)));
    Frame kept = results().getIfPresent(key);
    if (kept == null) {
      exchange.setProperty(property(), key);
    } else {
      exchange.getMessage().setBody(kept);
    }
  }

  /** Keeps a result that came. */
  public void keep(Exchange exchange) {
    Frame reply = ToolCalls.frame(exchange);
    if (exchange.removeProperty(property()) instanceof Key key
        && reply.kind() == Frame.Kind.RESULT
        && !reply.isToolError()
        && Objects.requireNonNull(reply.result()).member("content") != null) {
      results().put(key, reply);
    }
  }

  private String property() {
    return KEY + System.identityHashCode(this);
  }
}
