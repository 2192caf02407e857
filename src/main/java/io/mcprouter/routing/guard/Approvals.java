package io.mcprouter.routing.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a person in this process, the oldest first. Bound as {@code
 * mcpApprovals}.
 */
public final class Approvals {
  /** How many calls of one user wait at most. */
  public static final int MOST_OF_USER = 20;

  /** How many calls wait at most. */
  public static final int MOST = 1_000;

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final ApprovalObserver observer;
  private final Map<String, OpenApproval> open = new LinkedHashMap<>();

  /** Those that are over, so that who comes second is told so. */
  private final Cache<String, Over> over =
      Caffeine.newBuilder().maximumSize(10L * MOST).expireAfterWrite(REMEMBERED).build();

  private record Over(Caller caller, Approver approver) {}

  /** What came of deciding. */
  public enum Outcome {
    DECIDED,
    /** There is none of this id that this person may decide. */
    UNKNOWN,
    /** Somebody else was first, or the call did not wait any longer. */
    TOO_LATE
  }

  /**
   * What came of deciding, over which call.
   *
   * @param request not there where it is unknown or was over before
   */
  public record Ruling(Outcome outcome, @Nullable ApprovalRequest request) {}

  public Approvals(ApprovalObserver observer) {
    this.observer = observer;
  }

  ApprovalObserver observer() {
    return observer;
  }

  /** Lets a call wait; null where too many do. */
  synchronized @Nullable OpenApproval open(ApprovalRequest request) {
    if (open.size() >= MOST || waiting(request.caller()) >= MOST_OF_USER) {
      return null;
    }
    OpenApproval opened = new OpenApproval(request, this::close);
    open.put(request.id(), opened);
    return opened;
  }

  private long waiting(Caller caller) {
    String key = caller.key();
    return open.values().stream().filter(each -> each.request().caller().key().equals(key)).count();
  }

  private synchronized void close(OpenApproval closed) {
    ApprovalRequest request = closed.request();
    open.remove(request.id());
    over.put(request.id(), new Over(request.caller(), request.approver()));
  }

  private synchronized @Nullable OpenApproval find(String id) {
    return open.get(id);
  }

  /**
   * The calls that somebody may decide.
   *
   * @param administrator whether they are an administrator
   */
  public synchronized List<ApprovalRequest> of(Caller who, boolean administrator) {
    return open.values().stream()
        .map(OpenApproval::request)
        .filter(each -> each.approver().allows(each.caller(), who, administrator))
        .toList();
  }

  /**
   * Decides over a call.
   *
   * @param who decides
   * @param administrator whether they are an administrator
   */
  public Ruling decide(String id, Caller who, boolean administrator, ApprovalDecision decision) {
    OpenApproval found = find(id);
    if (found == null) {
      Over past = over.getIfPresent(id);
      boolean theirs = past != null && past.approver.allows(past.caller, who, administrator);
      return new Ruling(theirs ? Outcome.TOO_LATE : Outcome.UNKNOWN, null);
    }
    ApprovalRequest request = found.request();
    if (!request.approver().allows(request.caller(), who, administrator)) {
      return new Ruling(Outcome.UNKNOWN, null);
    }
    return found.decide(decision)
        ? new Ruling(Outcome.DECIDED, request)
        : new Ruling(Outcome.TOO_LATE, null);
  }
}
