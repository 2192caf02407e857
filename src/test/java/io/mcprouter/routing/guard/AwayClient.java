package io.mcprouter.routing.guard;

/** What the router knows of the client of a call that waits. */
public final class AwayClient {
  private AwayClient() {}

  /** Whether the client has lost its connection. */
  public static boolean isAway(Approvals approvals, String id) {
    OpenApproval found = approvals.find(id);
    return found != null && found.isClientAway();
  }
}
