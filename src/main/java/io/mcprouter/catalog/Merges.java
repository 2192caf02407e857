package io.mcprouter.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.catalog.KeptListing.State;
import io.mcprouter.protocol.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges lists, once for all callers who get the same. A merged list stays with the shelf that it
 * was made from and holds until a version changes; another caller with equal lists gets the same
 * object.
 */
final class Merges {
  private static final int MOST_SHARED = 10_000;

  private final Shelves shelves;
  private final CatalogSettings settings;
  private final Cache<Parts, MergedList> shared =
      Caffeine.newBuilder().weakValues().maximumSize(MOST_SHARED).build();

  Merges(Shelves shelves, CatalogSettings settings) {
    this.shelves = shelves;
    this.settings = settings;
  }

  /** The merged list as far as lists are known now. */
  MergedList of(ShownServers shown, ListKind kind, Caller caller) {
    Shelf shelf = shown.isPersonal() ? shelves.of(caller) : shelves.common();
    Shelf.Drawn drawn = shelf.drawn(shown, kind);
    long common = shelves.common().version();
    long own = shelf.version();
    if (drawn != null && drawn.common() == common && drawn.own() == own) {
      return drawn.list();
    }
    MergedList list = merge(shown, kind, caller, drawn);
    if (common != Shelf.CHANGING && own != Shelf.CHANGING) {
      shelf.draw(shown, kind, new Shelf.Drawn(list, common, own));
    }
    return list;
  }

  private MergedList merge(
      ShownServers shown, ListKind kind, Caller caller, Shelf.@Nullable Drawn before) {
    List<State> states =
        shown.servers().stream()
            .map(server -> shelves.listing(server.running(), kind, caller).state())
            .toList();
    if (before != null && before.list().states().equals(states)) {
      return before.list();
    }
    return shared.get(
        new Parts(shown, kind, states), parts -> new MergedList(shown, kind, states, settings));
  }

  private record Parts(ShownServers shown, ListKind kind, List<State> states) {}
}
