package io.mcprouter.credential;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values that users keep for servers ({@code customUserVars}). Values go to a server and never
 * back to anybody. All but {@link #of} block.
 */
public final class UserVariables implements Invalidations.Listener {
  private static final Duration KEPT_IN_MEMORY = Duration.ofSeconds(60);
  private static final int MOST_IN_MEMORY = 10_000;

  private final Store store;
  private final VariableTable table;
  private final Invalidations invalidations;
  private final AsyncCache<Key, Map<String, String>> values;

  public UserVariables(Store store, Sealing sealing, Invalidations invalidations, Clock clock) {
    this(store, sealing, invalidations, clock, Ticker.systemTicker());
  }

  UserVariables(
      Store store, Sealing sealing, Invalidations invalidations, Clock clock, Ticker ticker) {
    this.store = store;
    this.table = new VariableTable(store, sealing, clock);
    this.invalidations = invalidations;
    this.values =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT_IN_MEMORY)
            .maximumSize(MOST_IN_MEMORY)
            .ticker(ticker)
            .executor(Thread::startVirtualThread)
            .buildAsync();
    invalidations.onChange(this);
  }

  /**
   * The values that a user saved for a server, by name; those that are missing are absent. It does
   * not block: the stage is complete where the values were read lately.
   */
  public CompletableFuture<Map<String, String>> of(Owner owner, String server) {
    return values.get(
        new Key(owner.tenant(), owner.user(), server), key -> table.values(owner, server));
  }

  /** Which variables a user has set for a server, and the version to expect when they change. */
  public State state(Owner owner, String server) {
    return store.inTransaction(
        () -> new State(table.version(owner, server), table.names(owner, server)));
  }

  /** Which variables a user has set, by server. */
  public Map<String, Set<String>> names(Owner owner) {
    return table.names(owner);
  }

  /**
   * Saves values, all of them or none; others that are set stay.
   *
   * @param declared the names that the server declares; no other is taken
   * @param expected the version that the user saw; null where the last writer wins
   * @return the new version
   * @throws RefusedVariableException if a name or a value cannot be taken
   * @throws StaleVersionException if they have changed meanwhile
   */
  public long save(
      Owner owner,
      String server,
      Set<String> declared,
      Map<String, String> saved,
      @Nullable Long expected) {
    VariableRules.check(saved, declared);
    return change(
        owner,
        server,
        expected,
        version -> {
          table.delete(owner, server, saved.keySet());
          saved.forEach((name, value) -> table.insert(owner, server, name, value));
          return version + 1;
        });
  }

  /**
   * Takes values away; names that are not set do no harm.
   *
   * @return the new version
   * @throws StaleVersionException if they have changed meanwhile
   */
  public long revoke(Owner owner, String server, Set<String> names, @Nullable Long expected) {
    return change(
        owner,
        server,
        expected,
        version -> {
          table.delete(owner, server, names);
          return version + 1;
        });
  }

  /** Takes all values of a user for a server away. */
  public long revokeAll(Owner owner, String server) {
    return change(
        owner,
        server,
        null,
        version -> {
          table.delete(owner, server, table.names(owner, server));
          return version + 1;
        });
  }

  /** Removes all that is kept of a user for a server that is no more. */
  public void forget(Owner owner, String server) {
    store.runInTransaction(
        () -> {
          table.lock(owner, server);
          table.delete(owner, server, table.names(owner, server));
          table.deleteVersion(owner, server);
        });
    invalidations.publish(new Invalidation(Invalidation.Kind.USER_VARIABLES, owner, server));
  }

  private long change(
      Owner owner, String server, @Nullable Long expected, LongUnaryOperator change) {
    long version =
        store.inTransaction(
            () -> {
              long current = table.lock(owner, server);
              if (expected != null && expected != current) {
                throw new StaleVersionException("The variables", expected, current);
              }
              long next = change.applyAsLong(current);
              table.version(owner, server, next);
              return next;
            });
    invalidations.publish(new Invalidation(Invalidation.Kind.USER_VARIABLES, owner, server));
    return version;
  }

  /** For {@link Resealing}. */
  public SealedRows rows() {
    return table;
  }

  @Override
  public void changed(Invalidation change) {
    if (change.kind() == Invalidation.Kind.USER_VARIABLES) {
      values.synchronous().invalidate(new Key(change.tenant(), change.user(), change.server()));
    }
  }

  @Override
  public void lostTrack() {
    values.synchronous().invalidateAll();
  }

  private record Key(String tenant, String user, String server) {}

  /**
   * What a user has set for a server.
   *
   * @param version the version to expect when it changes; 0 where nothing ever was
   * @param set the names of the variables that have a value
   */
  public record State(long version, Set<String> set) {
    public State {
      set = Set.copyOf(set);
    }
  }
}
