package io.mcprouter.catalog;

import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One list of one server for one owner, and its renewal. Readers see an immutable {@link State};
 * what decides about the next fetch is guarded by this object's lock, under which nothing is called
 * that could wait.
 */
final class KeptListing {
  private static final Logger LOG = LoggerFactory.getLogger(KeptListing.class);
  private static final CompletableFuture<Void> SETTLED = CompletableFuture.completedFuture(null);

  private final RunningServer server;
  private final ListKind kind;
  private final Supplier<Caller> owner;
  private final Renewal renewal;
  private final Consumer<Runnable> changes;
  private final CompletableFuture<Void> waitedFor = new CompletableFuture<>();
  private volatile State state = State.NOT_ASKED;
  private volatile long lastAsked;
  private volatile long renewAt;
  private boolean fetching;
  private boolean outdated;
  private boolean missed;
  private boolean noticed;
  private boolean closed;
  private int failures;

  /**
   * @param owner in whose name the list is asked for, the application for a list that all share
   * @param changes makes each change of the state, and must not wait
   */
  KeptListing(
      RunningServer server,
      ListKind kind,
      Supplier<Caller> owner,
      Renewal renewal,
      Consumer<Runnable> changes) {
    this.server = server;
    this.kind = kind;
    this.owner = owner;
    this.renewal = renewal;
    this.changes = changes;
  }

  State state() {
    return state;
  }

  /**
   * Says that a client wants the list, and starts what is due.
   *
   * @return complete when an answer need not wait for this list, or no longer
   */
  CompletableFuture<Void> ask() {
    long now = System.nanoTime();
    lastAsked = now;
    State seen = state;
    if (seen.listing != null && !seen.inDoubt && now - renewAt < 0) {
      return SETTLED;
    }
    boolean due;
    synchronized (this) {
      due = (state.isUntried() || now - renewAt >= 0) && begin();
    }
    if (due) {
      fetch();
    }
    return state.listing != null ? SETTLED : waitedFor;
  }

  /** Says that a client was answered without this list, and must be told when it comes. */
  void answeredWithout() {
    synchronized (this) {
      if (state.listing == null) {
        missed = true;
        return;
      }
    }
    tell();
  }

  /**
   * The server says that the list changed.
   *
   * @return false when there is no list to compare the new one with
   */
  boolean noticeChange() {
    synchronized (this) {
      if (state.isUntried()) {
        return false;
      }
      if (!noticed && !closed) {
        noticed = true;
        renewal.later(renewal.settings().freshness().debounce(), this::renewNoticed);
      }
      return state.listing != null;
    }
  }

  /** The server is connected: what failed or was not tried is tried now. */
  void connected() {
    renewIf(state.listing == null || state.inDoubt);
  }

  synchronized void close() {
    closed = true;
    waitedFor.complete(null);
  }

  private void renewNoticed() {
    synchronized (this) {
      noticed = false;
      outdated = fetching;
    }
    renewIf(true);
  }

  /** Of several retries that failures left behind, the one that is due goes on. */
  private void retry() {
    Duration interest = renewal.settings().freshness().interest();
    long now = System.nanoTime();
    boolean due = state.inDoubt && now - renewAt >= 0;
    renewIf(due && now - lastAsked < interest.toNanos());
  }

  private void renewIf(boolean wanted) {
    boolean start;
    synchronized (this) {
      start = wanted && begin();
    }
    if (start) {
      fetch();
    }
  }

  /** Claims the one fetch that may be under way. */
  private boolean begin() {
    if (fetching || closed) {
      return false;
    }
    fetching = true;
    return true;
  }

  private void fetch() {
    if (state.isUntried()) {
      become(State.MISSING);
      renewal.later(server.definition().router().listWait(), () -> waitedFor.complete(null));
    }
    new ListingFetch(
            renewal.calls(),
            server.name(),
            kind,
            owner.get(),
            renewal.settings().bounds(),
            this::fetched)
        .start(renewal.timer());
  }

  private void fetched(@Nullable Listing listing, @Nullable McpFailure failure) {
    boolean differs;
    boolean again;
    synchronized (this) {
      fetching = false;
      again = outdated && !closed;
      outdated = false;
      differs = !closed && (listing != null ? accept(listing) : reject(failure));
    }
    waitedFor.complete(null);
    if (differs) {
      tell();
    }
    renewIf(again);
  }

  private void become(State next) {
    changes.accept(() -> state = next);
  }

  private boolean accept(Listing listing) {
    Listing before = state.listing;
    become(new State(renewal.interner().intern(listing), false));
    failures = 0;
    renewAt = System.nanoTime() + renewal.settings().freshness().ttl().toNanos();
    boolean differs = before == null ? missed : !before.equals(listing);
    missed = false;
    return differs;
  }

  private boolean reject(@Nullable McpFailure failure) {
    boolean withheld = failure != null && isWithheld(failure.kind());
    if (failures++ == 0 && failure != null && !withheld) {
      LOG.warn("No new list of {}: {}", kind.listKey(), failure.getMessage());
    }
    boolean differs = withheld && state.listing != null;
    missed |= differs;
    become(new State(withheld ? null : state.listing, true));
    Duration pause = renewal.pause(failures);
    renewAt = System.nanoTime() + pause.toNanos();
    if (failure == null || (failure.kind() != McpFailure.Kind.NOT_CONFIGURED && !withheld)) {
      renewal.later(pause, this::retry);
    }
    return differs;
  }

  /** Until the user has done what is missing, the server is not theirs; nor is an older list. */
  private static boolean isWithheld(McpFailure.Kind kind) {
    return switch (kind) {
      case LOGIN_REQUIRED, VARIABLES_MISSING, FORBIDDEN -> true;
      default -> false;
    };
  }

  private void tell() {
    renewal.listeners().listChanged(server.name(), kind, owner.get().key());
  }

  /**
   * What readers see.
   *
   * @param listing the last good list
   * @param inDoubt whether the server was asked and did not give a newer one
   */
  record State(@Nullable Listing listing, boolean inDoubt) {
    static final State NOT_ASKED = new State(null, false);
    static final State MISSING = new State(null, true);

    boolean isUntried() {
      return listing == null && !inDoubt;
    }
  }
}
