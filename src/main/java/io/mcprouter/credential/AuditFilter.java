package io.mcprouter.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; what is null does not limit them.
 *
 * @param from the earliest time
 * @param until the time before which they were made
 */
public record AuditFilter(
    @Nullable String tenant,
    @Nullable String actor,
    @Nullable String action,
    @Nullable String server,
    @Nullable String tool,
    @Nullable String outcome,
    @Nullable Instant from,
    @Nullable Instant until) {
  /** All entries. */
  public static final AuditFilter ALL =
      new AuditFilter(null, null, null, null, null, null, null, null);

  /** All entries of one user. */
  public static AuditFilter of(Owner owner) {
    return new AuditFilter(owner.tenant(), owner.user(), null, null, null, null, null, null);
  }
}
