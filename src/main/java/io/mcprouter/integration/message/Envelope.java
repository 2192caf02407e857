package io.mcprouter.integration.message;

import io.mcprouter.protocol.JsonSpan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param id tells it from all others of its source, 1 to 200 characters
 * @param server the server's name; null for everything that the caller sees, under public names
 * @param tool the tool's name
 * @param arguments the tool's arguments, an object
 * @param user who calls, as the sender says; null where the message names nobody
 * @param token the caller's access token; null for none
 * @param deadline when nobody wants the answer any more; null for never
 * @param replyTo where the sender wants the answer; null for where it always goes
 * @param trace the trace that it belongs to (W3C trace context); null for none
 * @param key messages of one key have an order; null for none
 * @param source the name of the consumer that it is meant for; null for any
 * @param context any JSON that the answer brings back; null for none
 */
record Envelope(
    String id,
    @Nullable String server,
    String tool,
    JsonSpan arguments,
    @Nullable NamedUser user,
    @Nullable String token,
    @Nullable Instant deadline,
    @Nullable String replyTo,
    @Nullable String trace,
    @Nullable String key,
    @Nullable String source,
    @Nullable JsonSpan context) {
  boolean hasExpired(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  /** Tells nothing: arguments and users are the sender's. */
  @Override
  public String toString() {
    return "Envelope";
  }
}
