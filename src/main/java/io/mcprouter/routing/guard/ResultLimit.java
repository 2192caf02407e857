package io.mcprouter.routing.guard;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.McpCall;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail {@code result-limit}: cuts the content of results, so that one call cannot fill a
 * model's context. Where it cuts, it says so, and where the user who called can read the rest.
 */
public final class ResultLimit {
  private static final String NAME = "result-limit";
  private static final int LONGEST_SECONDS = 86_400;

  private String server = "";
  private int characters = 50_000;
  private int keepSeconds = 900;
  private int keepBytes = 16 << 20;
  private int keepBytesOfUser = 4 << 20;
  private @Nullable KeptResults results;

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  /** How many characters the content of a result may have. */
  public void setCharacters(int most) {
    characters = Numbers.within("characters", most, 1, 100_000_000);
  }

  /** How long a result that was cut can be read; 0 for not at all. */
  public void setKeepSeconds(int value) {
    keepSeconds = Numbers.within("keepSeconds", value, 0, LONGEST_SECONDS);
  }

  /** How many bytes of results are kept at most. */
  public void setKeepBytes(int value) {
    keepBytes = Numbers.within("keepBytes", value, 1, 1 << 30);
  }

  /** How many bytes of results are kept at most for each user. */
  public void setKeepBytesOfUser(int value) {
    keepBytesOfUser = Numbers.within("keepBytesOfUser", value, 1, 1 << 30);
  }

  private synchronized KeptResults results() {
    KeptResults kept = results;
    if (kept == null) {
      long nanos = SECONDS.toNanos(keepSeconds);
      Executor later = CompletableFuture.delayedExecutor(Math.min(keepSeconds, 60), SECONDS);
      kept = new KeptResults(nanos, keepBytes, keepBytesOfUser, System::nanoTime, later);
      results = kept;
    }
    return kept;
  }

  /** Answers a request for what was kept; no such request reaches the server. */
  public void find(Exchange exchange) {
    Frame request = ToolCalls.frame(exchange);
    String asked = request.isRequest() ? request.uri() : null;
    ResultUri uri = asked == null ? null : ResultUri.parse(asked);
    if (uri != null && uri.server().equals(server)) {
      Frame reply =
          request.method().equals(Methods.RESOURCES_READ)
              ? results().find(McpCall.of(exchange).caller().key(), uri.id())
              : null;
      KeptReading reading = reply == null ? null : new KeptReading(uri, pieces(reply), characters);
      exchange
          .getMessage()
          .setBody(
              reading != null && reading.isInside()
                  ? Answers.ofResult(reading.result())
                  : Answers.error(ErrorCodes.RESOURCE_NOT_FOUND, "Resource not found: " + asked));
    }
  }

  private List<Piece> pieces(Frame reply) {
    JsonSpan result = Objects.requireNonNull(reply.result(), "only results are kept");
    return Piece.of(result, isTooLong(result.member("structuredContent")));
  }

  private boolean isTooLong(@Nullable JsonSpan structured) {
    return structured != null && structured.length() > characters;
  }

  /** Cuts the answer. */
  public void answer(Exchange exchange) {
    Frame reply = exchange.getMessage().getBody(Frame.class);
    JsonSpan result = reply == null ? null : reply.result();
    if (reply == null || result == null || result.length() <= characters) {
      return; // no more characters than bytes
    }
    JsonSpan structured = result.member("structuredContent");
    JsonSpan content = result.member("content");
    if (structured != null && isTooLong(structured)) {
      refuse(exchange, structured.length(), rest(exchange, reply, 0));
    } else if (content != null && content.isArray()) {
      CutContent cut = new CutContent(Piece.of(result, false), characters);
      if (cut.isCut()) {
        byte[] shown = cut.json(rest(exchange, reply, cut.shown()));
        exchange.getMessage().setBody(reply.edit().value(content, shown).frame());
      }
    }
  }

  /** Half an object is none. */
  private void refuse(Exchange exchange, int bytes, @Nullable CutRest rest) {
    String text =
        "The result is too large: its structured content has %d bytes, and %d are allowed. Ask for less%s."
            .formatted(bytes, characters, CutRest.told(rest));
    Answers.refuse(exchange, NAME, text, rest);
  }

  /** Keeps what was cut; null where it is not kept. */
  private @Nullable CutRest rest(Exchange exchange, Frame reply, int shown) {
    McpCall call = McpCall.of(exchange);
    String id = keepSeconds == 0 ? null : results().keep(call.caller().key(), reply);
    return id == null
        ? null
        : new CutRest(
            new ResultUri(server, id, shown),
            keepSeconds,
            call.client().revision().hasResourceLinks());
  }
}
