package io.mcprouter.routing.guard;

import io.mcprouter.transport.spi.McpFailure;

/** What came of a call that waited for a person; the first decision counts. */
public sealed interface ApprovalDecision {
  /** The call goes on. */
  record Agreed() implements ApprovalDecision {}

  /**
   * The call is answered without reaching the server.
   *
   * @param why a clause that the caller is told, such as {@code its user declined it}
   */
  record Refused(String why) implements ApprovalDecision {}

  /** The call was over before anybody decided. */
  record Ended(McpFailure why) implements ApprovalDecision {}
}
