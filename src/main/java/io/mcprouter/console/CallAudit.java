package io.mcprouter.console;

import io.mcprouter.config.ServerName;
import io.mcprouter.credential.AuditEntry;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.CallObserver;
import io.mcprouter.routing.EndedCall;
import io.mcprouter.routing.RefusedCall;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Enters every call of a tool, every resource that is read and every prompt that is got into the
 * audit log, and those that were refused before they reached a server. A resource is not named: its
 * address is made of the user's own words.
 */
public final class CallAudit implements CallObserver {
  private static final String REFUSED = "refused";
  private static final int MOST_ARGUMENT_BYTES = 4096;

  private final AuditLog log;
  private final Clock clock;
  private final boolean arguments;

  /**
   * @param arguments whether the arguments of tools are entered too
   */
  public CallAudit(AuditLog log, Clock clock, boolean arguments) {
    this.log = log;
    this.clock = clock;
    this.arguments = arguments;
  }

  @Override
  public void ended(EndedCall call) {
    switch (call.method()) {
      case Methods.TOOLS_CALL ->
          enter(call, call.request().name(), arguments ? arguments(call) : null);
      case Methods.PROMPTS_GET -> enter(call, call.request().name(), null);
      case Methods.RESOURCES_READ -> enter(call, null, null);
      default -> {}
    }
  }

  @Override
  public void refused(RefusedCall call) {
    Frame request = call.request();
    Caller caller = call.caller();
    log.append(
        new AuditEntry(
            clock.instant(),
            caller.tenant(),
            caller.id(),
            caller.source().name(),
            request.method(),
            null,
            request.method().equals(Methods.RESOURCES_READ) ? null : request.name(),
            REFUSED,
            call.errorCode(),
            null,
            Trace.id(call.traceparent()),
            null));
  }

  private void enter(EndedCall call, @Nullable String item, @Nullable String details) {
    Caller caller = call.caller();
    log.append(
        new AuditEntry(
            clock.instant(),
            caller.tenant(),
            caller.id(),
            caller.source().name(),
            call.method(),
            ServerName.shown(call.server()),
            item,
            call.outcome().label(),
            call.errorCode(),
            Duration.ofNanos(call.nanos()),
            Trace.id(call.traceparent()),
            details));
  }

  private static @Nullable String arguments(EndedCall call) {
    JsonSpan params = call.request().params();
    JsonSpan given = params == null ? null : params.member("arguments");
    if (given == null) {
      return null;
    }
    byte[] json = given.bytes();
    return json.length <= MOST_ARGUMENT_BYTES
        ? new String(json, StandardCharsets.UTF_8)
        : new String(Arrays.copyOf(json, MOST_ARGUMENT_BYTES), StandardCharsets.UTF_8) + "…";
  }
}
