package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Frame;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Results that were cut, for the users who got them, for a while. Where room is short the oldest
 * go, of the user first whose share is used up. A cache that keeps what is read most would drop the
 * newest, of which a client has just been told.
 */
final class KeptResults {
  /** What a result costs at least, however short: so their number is bounded too. */
  private static final int LEAST_BYTES = 1_024;

  private static final int ID_BYTES = 16;

  private final long nanos;
  private final long mostBytes;
  private final long mostBytesOfUser;
  private final LongSupplier clock;
  private final Executor later;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Kept> byAge = new LinkedHashMap<>();
  private final Map<String, Long> bytesByUser = new HashMap<>();
  private long bytes;
  private boolean sweepsLater;

  private record Kept(String user, Frame reply, long since) {
    long bytes() {
      return Math.max(LEAST_BYTES, reply.length());
    }
  }

  /**
   * @param nanos how long a result is kept
   * @param mostBytes of all users together
   * @param mostBytesOfUser of each user
   * @param clock in nanoseconds
   * @param later runs what it is given after a while: what has expired is dropped then, though
   *     nobody asks for anything
   */
  KeptResults(
      long nanos, long mostBytes, long mostBytesOfUser, LongSupplier clock, Executor later) {
    this.nanos = nanos;
    this.mostBytes = mostBytes;
    this.mostBytesOfUser = Math.min(mostBytes, mostBytesOfUser);
    this.clock = clock;
    this.later = later;
  }

  /** Keeps a result; null where it is larger than its user's share. */
  synchronized @Nullable String keep(String user, Frame reply) {
    Kept kept = new Kept(user, reply, clock.getAsLong());
    dropExpired();
    if (kept.bytes() > mostBytesOfUser) {
      return null;
    }
    makeRoom(user, kept);
    String id = add(kept);
    sweepLater();
    return id;
  }

  private void makeRoom(String user, Kept kept) {
    Iterator<Kept> ofUser = byAge.values().iterator();
    while (bytesOf(user) + kept.bytes() > mostBytesOfUser) {
      Kept oldest = ofUser.next();
      if (oldest.user().equals(user)) {
        drop(ofUser, oldest);
      }
    }
    Iterator<Kept> all = byAge.values().iterator();
    while (bytes + kept.bytes() > mostBytes) {
      drop(all, all.next());
    }
  }

  private String add(Kept kept) {
    byte[] unguessable = new byte[ID_BYTES];
    random.nextBytes(unguessable);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(unguessable);
    byAge.put(id, kept);
    bytes += kept.bytes();
    bytesByUser.merge(kept.user(), kept.bytes(), Long::sum);
    return id;
  }

  /** A result of this user; null where there is none, or another user's. */
  synchronized @Nullable Frame find(String user, String id) {
    dropExpired();
    Kept kept = byAge.get(id);
    return kept != null && kept.user().equals(user) ? kept.reply() : null;
  }

  private long bytesOf(String user) {
    return bytesByUser.getOrDefault(user, 0L);
  }

  private void dropExpired() {
    long now = clock.getAsLong();
    Iterator<Kept> each = byAge.values().iterator();
    while (each.hasNext()) {
      Kept oldest = each.next();
      if (now - oldest.since() < nanos) {
        return;
      }
      drop(each, oldest);
    }
  }

  /** Whoever waits for it must not keep the results of an entry that is gone. */
  private void sweepLater() {
    if (!sweepsLater && !byAge.isEmpty()) {
      sweepsLater = true;
      WeakReference<KeptResults> results = new WeakReference<>(this);
      later.execute(() -> sweep(results.get()));
    }
  }

  private static void sweep(@Nullable KeptResults left) {
    if (left != null) {
      left.sweep();
    }
  }

  private synchronized void sweep() {
    sweepsLater = false;
    dropExpired();
    sweepLater();
  }

  /** How many are kept, those that have expired among them. */
  synchronized int size() {
    return byAge.size();
  }

  private void drop(Iterator<Kept> at, Kept kept) {
    at.remove();
    bytes -= kept.bytes();
    bytesByUser.computeIfPresent(
        kept.user(), (user, held) -> held > kept.bytes() ? held - kept.bytes() : null);
  }
}
