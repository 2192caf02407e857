package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Caller;
import java.time.Instant;

/**
 * A call that waits for a person.
 *
 * @param id cannot be guessed
 * @param caller whose call it is
 * @param server the router's name of the server
 * @param tool the server's own name of the tool
 * @param arguments a JSON object, as it would be sent
 * @param message what the administrator wrote for the person who decides; may be empty
 * @param since when the call began to wait
 * @param until when it is refused unless somebody has agreed
 */
public record ApprovalRequest(
    String id,
    Caller caller,
    String server,
    String tool,
    String arguments,
    String message,
    Approver approver,
    Instant since,
    Instant until) {
  /** Shows no arguments and nobody's name. */
  @Override
  public String toString() {
    return "ApprovalRequest[" + server + "]";
  }
}
