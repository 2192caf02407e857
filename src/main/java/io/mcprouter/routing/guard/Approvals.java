package io.mcprouter.routing.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a person in this process, the oldest first. Bound as {@code
 * mcpApprovals}.
 */
public final class Approvals {
  /** How many calls of one user wait at most. */
  public static final int MOST_OF_USER = 20;

  /** How many calls of one tenant wait at most, so that others have room. */
  public static final int MOST_OF_TENANT = 500;

  /** How many calls wait at most. */
  public static final int MOST = 1_000;

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final ApprovalObserver observer;
  private final boolean callersProved;
  private final Map<String, OpenApproval> open = new LinkedHashMap<>();

  /** Those that are over, so that who comes second is told so. */
  private final Cache<String, Over> over =
      Caffeine.newBuilder().maximumSize(10L * MOST).expireAfterWrite(REMEMBERED).build();

  /** Without the caller, who has a token. */
  private record Over(String tenant, String user, Approver approver) {}

  /** What came of deciding. */
  public enum Outcome {
    DECIDED,
    /** There is none of this id that this person may decide. */
    UNKNOWN,
    /** The client that calls is away: who agrees must wait until it is back. */
    AWAY,
    /** Somebody else was first, or the call did not wait any longer. */
    TOO_LATE
  }

  /**
   * What came of deciding, over which call.
   *
   * @param request the one over which was decided, and no other
   */
  public record Ruling(Outcome outcome, @Nullable ApprovalRequest request) {}

  /**
   * @param callersProved whether callers prove who they are, and not everybody is an administrator
   */
  public Approvals(ApprovalObserver observer, boolean callersProved) {
    this.observer = observer;
    this.callersProved = callersProved;
  }

  boolean areCallersProved() {
    return callersProved;
  }

  ApprovalObserver observer() {
    return observer;
  }

  /**
   * Lets a call wait; null where too many do.
   *
   * @param away whether the client that calls is away
   */
  synchronized @Nullable OpenApproval open(ApprovalRequest request, BooleanSupplier away) {
    Caller caller = request.caller();
    if (open.size() >= MOST
        || waiting(each -> each.tenant().equals(caller.tenant())) >= MOST_OF_TENANT
        || waiting(each -> each.key().equals(caller.key())) >= MOST_OF_USER) {
      return null;
    }
    OpenApproval opened = new OpenApproval(request, away, this::close);
    open.put(request.id(), opened);
    return opened;
  }

  private long waiting(Predicate<Caller> whose) {
    return open.values().stream().filter(each -> whose.test(each.request().caller())).count();
  }

  private synchronized void close(OpenApproval closed) {
    ApprovalRequest request = closed.request();
    open.remove(request.id());
    Caller caller = request.caller();
    over.put(request.id(), new Over(caller.tenant(), caller.key(), request.approver()));
  }

  synchronized @Nullable OpenApproval find(String id) {
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
        .filter(each -> isAllowed(each, who, administrator))
        .toList();
  }

  private static boolean isAllowed(ApprovalRequest request, Caller who, boolean administrator) {
    Caller caller = request.caller();
    return request.approver().allows(caller.tenant(), caller.key(), who, administrator);
  }

  /**
   * Refuses the calls that an API key of a user made, of which one was revoked.
   *
   * @param user the user's key
   */
  public void keyRevoked(String user) {
    refuseOfKeys(caller -> caller.key().equals(user));
  }

  /** Refuses the calls that any API key made: some may have been revoked that nobody told of. */
  public void keysUnknown() {
    refuseOfKeys(caller -> true);
  }

  private void refuseOfKeys(Predicate<Caller> whose) {
    List<OpenApproval> all;
    synchronized (this) {
      all = List.copyOf(open.values());
    }
    for (OpenApproval each : all) {
      Caller caller = each.request().caller();
      if (caller.source() == Caller.Source.API_KEY && whose.test(caller)) {
        each.decide(new ApprovalDecision.Refused("a key of its caller was revoked meanwhile"));
      }
    }
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
      boolean theirs =
          past != null && past.approver.allows(past.tenant, past.user, who, administrator);
      return new Ruling(theirs ? Outcome.TOO_LATE : Outcome.UNKNOWN, null);
    }
    ApprovalRequest request = found.request();
    if (!isAllowed(request, who, administrator)) {
      return new Ruling(Outcome.UNKNOWN, null);
    }
    if (decision instanceof ApprovalDecision.Agreed && found.isClientAway()) {
      return new Ruling(Outcome.AWAY, null);
    }
    return found.decide(decision)
        ? new Ruling(Outcome.DECIDED, request)
        : new Ruling(Outcome.TOO_LATE, null);
  }
}
