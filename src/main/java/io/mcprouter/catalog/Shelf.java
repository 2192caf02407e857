package io.mcprouter.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lists that are kept for one owner, all users together or one user alone, and the merged lists
 * last made of them. What it holds is bounded by the number of running servers and of views.
 */
final class Shelf {
  /** The version of lists of which one is just changing. */
  static final long CHANGING = -1;

  private static final int MOST_PARTS = 4_000;

  private final AtomicReference<Caller> owner;
  private final Renewal renewal;
  private final AtomicLong changesBegun = new AtomicLong();
  private final AtomicLong changesEnded = new AtomicLong();
  private final Map<Key, KeptListing> listings = new ConcurrentHashMap<>();
  private final Set<RunningServer> connected = ConcurrentHashMap.newKeySet();
  private final Map<ListKind, Map<ShownServers, Drawn>> drawn = new EnumMap<>(ListKind.class);

  /** Of parts of views, which go when nobody needs the part any more. */
  private final Cache<Part, Drawn> parts = Caffeine.newBuilder().maximumSize(MOST_PARTS).build();

  private volatile boolean closed;

  Shelf(Caller owner, Renewal renewal) {
    this.owner = new AtomicReference<>(owner);
    this.renewal = renewal;
    for (ListKind kind : ListKind.values()) {
      drawn.put(kind, new ConcurrentHashMap<>());
    }
  }

  /** The owner as they came last: renewals are made with their newest token. */
  Caller owner() {
    return owner.get();
  }

  void askedBy(Caller user) {
    if (owner.get().isOlderThan(user)) {
      owner.accumulateAndGet(user, Caller::orNewer);
    }
  }

  /**
   * Grows with each change of any list on this shelf; {@link #CHANGING} while one is under way,
   * when nothing that is made of the lists can be kept, nor what was made before be taken.
   */
  long version() {
    long ended = changesEnded.get();
    return changesBegun.get() == ended ? ended : CHANGING;
  }

  /** The kept list of a server, made when it is not there. */
  KeptListing of(RunningServer server, ListKind kind) {
    KeptListing kept =
        listings.computeIfAbsent(
            new Key(server, kind),
            key -> new KeptListing(server, kind, this::owner, renewal, this::change));
    if (closed) {
      kept.close();
    }
    return kept;
  }

  void change(Runnable change) {
    changesBegun.incrementAndGet();
    change.run();
    changesEnded.incrementAndGet();
  }

  @Nullable KeptListing find(RunningServer server, ListKind kind) {
    return listings.get(new Key(server, kind));
  }

  /** Whether a session with the server was seen open. */
  boolean isConnected(RunningServer server) {
    return connected.contains(server);
  }

  /** Notes that a session is open; what waited for it is asked for now. */
  void connected(RunningServer server) {
    connected.add(server);
    for (ListKind kind : ListKind.values()) {
      KeptListing kept = find(server, kind);
      if (kept != null) {
        kept.connected();
      }
    }
  }

  /** The merged list that was last made of these servers, or null. */
  @Nullable Drawn drawn(ShownServers shown, ListKind kind) {
    return shown.isCut() ? parts.getIfPresent(new Part(shown, kind)) : lists(kind).get(shown);
  }

  void draw(ShownServers shown, ListKind kind, Drawn list) {
    if (shown.isCut()) {
      parts.put(new Part(shown, kind), list);
    } else {
      lists(kind).put(shown, list);
    }
  }

  private Map<ShownServers, Drawn> lists(ListKind kind) {
    return Objects.requireNonNull(drawn.get(kind), "all kinds are there");
  }

  /** Keeps what belongs to the servers that run now. */
  void retain(Predicate<RunningServer> running) {
    drawn.values().forEach(Map::clear);
    parts.invalidateAll();
    connected.removeIf(running.negate());
    listings
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !running.test(entry.getKey().server);
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
  }

  /** Stops every renewal; lists that clients still hold stay readable. */
  void close() {
    closed = true;
    listings.values().forEach(KeptListing::close);
  }

  private record Part(ShownServers shown, ListKind kind) {}

  private record Key(RunningServer server, ListKind kind) {}

  /**
   * A merged list and the versions of the shelves that it was made of.
   *
   * @param common version of the shelf that all users share
   * @param own version of this shelf
   */
  record Drawn(MergedList list, long common, long own) {}
}
