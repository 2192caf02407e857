package io.mcprouter.console;

import io.mcprouter.config.ServerName;
import io.mcprouter.credential.AuditEntry;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.guard.ApprovalObserver;
import io.mcprouter.routing.guard.ApprovalRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Enters what callers decide in their own client over calls that waited for them into the audit
 * log, as if they had decided in the API.
 */
public final class ApprovalAudit implements ApprovalObserver {
  static final String ACTION = "approvals.decide";

  private final AuditLog log;
  private final Clock clock;

  public ApprovalAudit(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void answered(ApprovalRequest request, boolean agreed) {
    Caller caller = request.caller();
    Instant now = clock.instant();
    log.append(
        new AuditEntry(
            now,
            caller.tenant(),
            caller.id(),
            caller.source().name(),
            ACTION,
            ServerName.shown(request.server()),
            request.tool(),
            "ok",
            null,
            Duration.between(request.since(), now),
            null,
            details(request, agreed)));
  }

  /** What was decided, over whose call. */
  static String details(ApprovalRequest request, boolean agreed) {
    return "%s the call of '%s' by user '%s', approval %s"
        .formatted(
            agreed ? "approved" : "declined", request.tool(), request.caller().id(), request.id());
  }
}
