package io.mcprouter.integration.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the routes of a server offer of one kind, in the order of the keys. An item whose route goes
 * away is awaited for a moment, and as long as it is held: lists show it as it was, and whoever
 * asks for it waits.
 *
 * <p>Readers take no lock; those who change it are {@link RouteServers}, under its lock.
 */
final class RouteItems {
  private static final CompletableFuture<@Nullable RouteItem> NOTHING =
      CompletableFuture.completedFuture(null);

  private final Map<String, Place> places = new ConcurrentSkipListMap<>();

  /** Takes an item in; false where lists showed exactly this one before. */
  boolean add(String server, RouteItem item) {
    Place place = places.computeIfAbsent(item.key(), key -> new Place());
    RouteItem other = place.present;
    if (other != null) {
      throw new IllegalStateException(
          "route '%s' cannot offer '%s' in the MCP server '%s': route '%s' does; give one of them another name or server"
              .formatted(item.routeId(), item.key(), server, other.routeId()));
    }
    RouteItem shown = place.shown;
    place.present = item;
    place.shown = item;
    if (place.holds.get() == 0) {
      place.arrival.complete(item);
    }
    return shown == null || !Arrays.equals(shown.json(), item.json());
  }

  /** An item's route goes; its place stays until {@link #leave}. */
  boolean remove(RouteItem item) {
    Place place = places.get(item.key());
    if (place == null || place.present != item) {
      return false;
    }
    place.awaitAnew();
    place.present = null;
    return true;
  }

  /** Gives up an item that has not come back; false where there is nothing to give up. */
  boolean leave(String key) {
    Place place = places.get(key);
    if (place == null || place.present != null || place.holds.get() > 0) {
      return false;
    }
    places.remove(key);
    place.arrival.complete(null);
    return place.shown != null;
  }

  /** The keys of what a route offers. */
  List<String> keysOf(Predicate<String> routeId) {
    return places.entrySet().stream()
        .filter(
            entry -> {
              RouteItem shown = entry.getValue().shown;
              return shown != null && routeId.test(shown.routeId());
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  void hold(String key) {
    Place place = places.get(key);
    if (place != null) {
      place.awaitAnew();
      place.holds.incrementAndGet();
    }
  }

  /** Whether no call is at what a key means. */
  boolean isIdle(String key) {
    Place place = places.get(key);
    return place == null || place.inside.get() == 0;
  }

  void release(String key) {
    Place place = places.get(key);
    if (place != null && place.holds.decrementAndGet() == 0 && place.present != null) {
      place.arrival.complete(place.present);
    }
  }

  /** The item that a key means; null where there is none, later where it is awaited. */
  CompletableFuture<@Nullable RouteItem> find(String asked) {
    Place place = place(asked);
    return place == null ? NOTHING : place.item();
  }

  /** The same for a call, which is counted until it leaves; while the item is held, it waits. */
  CompletableFuture<@Nullable Entered> enter(String asked) {
    Place place = place(asked);
    return place == null ? CompletableFuture.completedFuture(null) : place.enter();
  }

  private @Nullable Place place(String asked) {
    Place exact = places.get(asked);
    if (exact != null) {
      return exact;
    }
    for (Place place : places.values()) {
      RouteItem shown = place.shown;
      if (shown != null && shown.fits(asked)) {
        return place;
      }
    }
    return null;
  }

  /** What lists show. */
  Collection<RouteItem> shown() {
    List<RouteItem> shown = new ArrayList<>();
    for (Place place : places.values()) {
      if (place.shown != null) {
        shown.add(Objects.requireNonNull(place.shown));
      }
    }
    return shown;
  }

  /** A call that is at an item, until it leaves. */
  static final class Entered {
    private final RouteItem item;
    private final AtomicInteger inside;
    private final AtomicBoolean left = new AtomicBoolean();

    private Entered(RouteItem item, AtomicInteger inside) {
      this.item = item;
      this.inside = inside;
    }

    RouteItem item() {
      return item;
    }

    void leave() {
      if (!left.getAndSet(true)) {
        inside.decrementAndGet();
      }
    }
  }

  private static final class Place {
    private final AtomicInteger inside = new AtomicInteger();
    private volatile @Nullable RouteItem present;
    private volatile @Nullable RouteItem shown;
    private volatile CompletableFuture<@Nullable RouteItem> arrival = new CompletableFuture<>();
    private final AtomicInteger holds = new AtomicInteger();

    CompletableFuture<@Nullable RouteItem> item() {
      RouteItem now = present;
      return now == null ? arrival : CompletableFuture.completedFuture(now);
    }

    /** Counts first and looks again then, so that whoever holds it misses nobody. */
    CompletableFuture<@Nullable Entered> enter() {
      RouteItem now = present;
      if (now != null && holds.get() == 0) {
        inside.incrementAndGet();
        if (holds.get() == 0 && present == now) {
          return CompletableFuture.completedFuture(new Entered(now, inside));
        }
        inside.decrementAndGet();
      }
      return arrival.thenCompose(
          came -> came == null ? CompletableFuture.completedFuture(null) : enter());
    }

    /** Who waits already goes on to wait for the same. */
    void awaitAnew() {
      if (arrival.isDone()) {
        arrival = new CompletableFuture<>();
      }
    }
  }
}
