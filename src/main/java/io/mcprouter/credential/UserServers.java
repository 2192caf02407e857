package io.mcprouter.credential;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers that users added for themselves, as they wrote them. An entry may hold secrets: it is
 * for the route that it becomes, and never shown again. All of this blocks.
 */
public final class UserServers {
  private final Store store;
  private final UserServerTable table;
  private final Invalidations invalidations;

  public UserServers(Store store, Sealing sealing, Invalidations invalidations, Clock clock) {
    this.store = store;
    this.table = new UserServerTable(store, sealing, clock);
    this.invalidations = invalidations;
  }

  /** A user's servers in the order of their names. */
  public List<Entry> of(Owner owner) {
    return table.all(owner);
  }

  /**
   * Adds a server, or replaces the user's one of that name.
   *
   * @param entry as JSON
   * @param most how many a user may have
   * @return false where the user has that many already
   */
  public boolean save(Owner owner, String name, String entry, int most) {
    boolean saved =
        store.inTransaction(
            () -> {
              table.lock(owner);
              List<String> names = table.names(owner);
              if (!names.contains(name) && names.size() >= most) {
                return false;
              }
              table.delete(owner, name);
              table.insert(owner, name, entry);
              return true;
            });
    if (saved) {
      publish(owner, name);
    }
    return saved;
  }

  /** Removes a server; false where the user has none of that name. */
  public boolean delete(Owner owner, String name) {
    boolean deleted =
        store.inTransaction(
            () -> {
              table.lock(owner);
              return table.delete(owner, name);
            });
    publish(owner, name);
    return deleted;
  }

  private void publish(Owner owner, String name) {
    invalidations.publish(new Invalidation(Invalidation.Kind.USER_SERVERS, owner, name));
  }

  /** For {@link Resealing}. */
  public SealedRows rows() {
    return table;
  }

  /**
   * A server as it is stored.
   *
   * @param json the entry; null where it cannot be opened any more
   */
  public record Entry(String name, @Nullable String json, Instant updatedAt) {
    /** Shows the name alone: the entry may hold secrets. */
    @Override
    public String toString() {
      return "Entry[" + name + "]";
    }
  }
}
