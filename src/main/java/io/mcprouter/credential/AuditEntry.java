package io.mcprouter.credential;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who did what. Nothing of it holds a value or a token, and an argument only where the operator
 * asked for them.
 *
 * @param tenant whose user; empty where there is one organization
 * @param actor the user's id; empty for the router itself
 * @param source how the actor was proved, such as {@code JWT}
 * @param action what was done, such as {@code tools/call} or {@code variables.save}
 * @param server the server's name
 * @param tool the tool's own name
 * @param outcome {@code ok}, or the label of what went wrong
 * @param errorCode the JSON-RPC error code, or the HTTP status where an action was refused
 * @param traceId the trace that it belongs to
 * @param details more, in a few words
 */
public record AuditEntry(
    Instant at,
    String tenant,
    String actor,
    String source,
    String action,
    @Nullable String server,
    @Nullable String tool,
    String outcome,
    @Nullable Integer errorCode,
    @Nullable Duration duration,
    @Nullable String traceId,
    @Nullable String details) {
  /** Names nobody. */
  @Override
  public String toString() {
    return "AuditEntry[" + action + "]";
  }
}
