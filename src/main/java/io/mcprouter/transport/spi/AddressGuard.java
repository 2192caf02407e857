package io.mcprouter.transport.spi;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds an {@link AddressPolicy} against the targets of a component's connections. Names are looked
 * up beside the callers and remembered for a while; only allowed addresses are. A lookup holds the
 * thread of the processor that it runs on, so it has a few threads of its own, for each policy.
 */
final class AddressGuard {
  static final Duration FRESH = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AddressGuard.class);
  private static final int MOST_NAMES = 2_048;
  private static final int LOOKUPS_AT_ONCE = 8;

  private final AddressPolicy policy;
  private final Set<String> noticed = ConcurrentHashMap.newKeySet();
  private final AsyncCache<Destination, Found> known =
      Caffeine.newBuilder()
          .maximumSize(MOST_NAMES)
          .expireAfterWrite(FRESH)
          .executor(lookups())
          .buildAsync();

  /** For servers that have another policy: what that one allowed is remembered apart. */
  private final Map<AddressPolicy, AddressGuard> others = new ConcurrentHashMap<>();

  AddressGuard(AddressPolicy policy) {
    this.policy = policy;
  }

  private static Executor lookups() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LOOKUPS_AT_ONCE,
            LOOKUPS_AT_ONCE,
            FRESH.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("mcp-name-lookup-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Where to connect for a target. */
  PinnedAddress address(String server, RemoteTarget target) {
    if (policy == AddressPolicy.OPEN) {
      return PinnedAddress.OPEN;
    }
    AddressPolicy own = policy.forServer(server);
    AddressGuard guard = own == policy ? this : others.computeIfAbsent(own, AddressGuard::new);
    return new PinnedAddress(guard, server, target);
  }

  AddressPolicy.Ruling judge(String server, Destination destination) {
    AddressPolicy.Ruling ruling = policy.judge(destination);
    boolean isPrivate =
        ruling instanceof AddressPolicy.Ruling.Allowed allowed && allowed.isPrivate();
    if (isPrivate && noticed.add(server)) {
      LOG.info(
          "Server '{}' is at {}, this machine or a private network: allowed, since its url says so"
              + " literally",
          server,
          destination.hostAndPort());
    }
    return ruling;
  }

  /** The addresses that a name leads to, all of them allowed. Never blocks. */
  CompletableFuture<List<InetAddress>> addresses(Destination destination) {
    return known.get(destination, this::lookUp).thenApply(found -> allowed(destination, found));
  }

  /** The cache logs what is thrown in here with its trace, and users choose names that are none. */
  private Found lookUp(Destination destination) {
    try {
      return new Found(policy.addresses(destination), null);
    } catch (IOException e) {
      return new Found(List.of(), e);
    }
  }

  private List<InetAddress> allowed(Destination destination, Found found) {
    if (found.failure != null) {
      known.synchronous().asMap().remove(destination, found); // looked up anew the next time
      throw new UncheckedIOException(found.failure);
    }
    return found.addresses;
  }

  /** The address did not let itself be connected to: others of the same name come first. */
  void disappointed(Destination destination, InetAddress address) {
    known
        .synchronous()
        .asMap()
        .computeIfPresent(
            destination,
            (name, found) -> {
              List<InetAddress> others = new ArrayList<>(found.addresses);
              if (others.remove(address)) {
                others.add(address);
              }
              return new Found(List.copyOf(others), found.failure);
            });
  }

  /** What came of looking a name up. */
  private record Found(List<InetAddress> addresses, @Nullable IOException failure) {}
}
