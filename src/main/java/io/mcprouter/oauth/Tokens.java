package io.mcprouter.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.oauth.Standing.LoginNeeded;
import io.mcprouter.oauth.Standing.Undecided;
import io.mcprouter.oauth.Standing.Usable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The users' access tokens at hand, and one search at a time for each that is not. A node that
 * missed a revocation elsewhere uses a token for a minute more at most.
 */
final class Tokens {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 100_000;

  /** How many new tokens in a minute a server may refuse before its user is asked. */
  private static final int MOST_REFUSALS = 3;

  private final Renewal renewal;
  private final GrantTable table;
  private final Discovery discovery;
  private final Executor executor;
  private final Clock clock;
  private final ConcurrentMap<Flight, CompletableFuture<Standing>> flights =
      new ConcurrentHashMap<>();
  private final Cache<GrantKey, Held> held =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
  private final Cache<GrantKey, AtomicInteger> refusals =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
  private final AtomicLong forgotten = new AtomicLong();

  /** A header value, completed once for all requests. */
  private record Held(URI url, long until, CompletableFuture<@Nullable String> header) {}

  private record Flight(GrantKey key, URI url, @Nullable Secret refused) {}

  Tokens(Renewal renewal, GrantTable table, Discovery discovery, Executor executor, Clock clock) {
    this.renewal = renewal;
    this.table = table;
    this.discovery = discovery;
    this.executor = executor;
    this.clock = clock;
  }

  /** The header of a token that is good for a while, null where one has to be looked for. */
  @Nullable CompletableFuture<@Nullable String> atHand(GrantKey key, OAuthTarget target) {
    Held known = held.getIfPresent(key);
    return known != null && known.url.equals(target.url()) && clock.millis() < known.until
        ? known.header
        : null;
  }

  /**
   * How a right stands.
   *
   * @param refused the token that the server would not take; null for none
   * @param hint {@code resource_metadata} of the server's challenge
   */
  CompletableFuture<Standing> standing(
      GrantKey key, OAuthTarget target, @Nullable Secret refused, @Nullable String hint) {
    Flight flight = new Flight(key, target.url(), refused);
    CompletableFuture<Standing> mine = new CompletableFuture<>();
    CompletableFuture<Standing> running = flights.putIfAbsent(flight, mine);
    if (running != null) {
      return running;
    }
    executor.execute(() -> fly(flight, mine, () -> find(key, target, refused, hint)));
    return mine;
  }

  /** Whoever comes after the end begins anew: what was found is a moment old by then. */
  private void fly(Flight flight, CompletableFuture<Standing> result, Supplier<Standing> search) {
    try {
      Standing found = search.get();
      flights.remove(flight, result);
      result.complete(found);
    } catch (RuntimeException e) {
      flights.remove(flight, result);
      result.completeExceptionally(e);
    }
  }

  private Standing find(
      GrantKey key, OAuthTarget target, @Nullable Secret refused, @Nullable String hint) {
    long before = forgotten.get();
    Standing standing = refused == null ? null : afterRefusal(key, target, refused, hint);
    if (standing == null) {
      standing = renewal.standing(key, target, refused, target.refreshWait());
    }
    if (standing instanceof Usable usable) {
      hold(key, target, usable.grant(), before);
    }
    return standing;
  }

  /** What forbids to renew a token that was refused; null where nothing does. */
  private @Nullable Standing afterRefusal(
      GrantKey key, OAuthTarget target, Secret refused, @Nullable String hint) {
    Grant grant = table.read(key);
    if (grant == null || !grant.access().equals(refused)) {
      return null;
    }
    if (count(key) > MOST_REFUSALS) {
      return new LoginNeeded("refuses each new token; log in again, or ask its administrator");
    }
    try {
      return hasMoved(target, grant, hint)
          ? renewal.lose(key, grant, "has another authorization server now")
          : null;
    } catch (OAuthFailure e) {
      return e.kind() == OAuthFailure.Kind.UNREACHABLE ? null : new Undecided(e);
    }
  }

  private int count(GrantKey key) {
    AtomicInteger count = refusals.get(key, any -> new AtomicInteger());
    return count.incrementAndGet();
  }

  private boolean hasMoved(OAuthTarget target, Grant grant, @Nullable String hint)
      throws OAuthFailure {
    return !ConfiguredServer.isIn(target)
        && !discovery.findAgain(target, hint).server().issuer().equals(grant.origin().issuer());
  }

  /** A token that was forgotten while it was looked for is not kept. */
  private void hold(GrantKey key, OAuthTarget target, Grant grant, long before) {
    long until =
        (clock.instant().isBefore(grant.refreshAt()) ? grant.refreshAt() : grant.expiresAt())
            .toEpochMilli();
    held.put(key, new Held(target.url(), until, CompletableFuture.completedFuture(grant.header())));
    if (forgotten.get() != before) {
      held.invalidate(key);
    }
  }

  /** A right was changed or taken away. */
  void forget(GrantKey key) {
    forgotten.incrementAndGet();
    held.invalidate(key);
    refusals.invalidate(key);
  }

  /** Any right may have been changed. */
  void forgetAll() {
    forgotten.incrementAndGet();
    held.invalidateAll();
    refusals.invalidateAll();
  }
}
