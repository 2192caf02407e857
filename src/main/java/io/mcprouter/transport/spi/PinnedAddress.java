package io.mcprouter.transport.spi;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The address that the connections of a session go to: one that the {@link AddressPolicy} judged,
 * and not whatever the server's name leads to by then. It is judged anew now and then, beside the
 * calls; a name that cannot be looked up keeps the address it had, one that leads to a forbidden
 * address keeps none.
 */
public final class PinnedAddress {
  /** Nothing is judged, and connections go wherever the name leads. */
  public static final PinnedAddress OPEN = new PinnedAddress();

  private final @Nullable AddressGuard guard;
  private final String server;
  private final @Nullable RemoteTarget target;
  private final AtomicLong staleAt = new AtomicLong();
  private volatile State state = State.BY_NAME;
  private volatile boolean disappointing;

  /** Either why there is none, or the address; neither where the name may lead anywhere. */
  private record State(
      @Nullable InetAddress ip, @Nullable SocketAddress address, @Nullable McpFailure refusal) {
    static final State BY_NAME = new State(null, null, null);

    static State at(InetAddress ip, int port) {
      return new State(ip, SocketAddress.inetSocketAddress(new InetSocketAddress(ip, port)), null);
    }

    static State refused(McpFailure why) {
      return new State(null, null, why);
    }
  }

  private PinnedAddress() {
    this.guard = null;
    this.server = "";
    this.target = null;
  }

  PinnedAddress(AddressGuard guard, String server, RemoteTarget target) {
    this.guard = guard;
    this.server = server;
    this.target = target;
    this.state = State.refused(McpFailure.unavailable(server, "its name is being looked up"));
  }

  /**
   * Finds the first address; to be awaited before {@link #current()} is asked. Complete at once
   * where no name must be looked up; fails with an {@link McpFailure}.
   */
  public CompletableFuture<Void> ready() {
    AddressGuard judge = guard;
    RemoteTarget to = target;
    if (judge == null || to == null) {
      return CompletableFuture.completedFuture(null);
    }
    staleAt.set(System.nanoTime() + AddressGuard.FRESH.toNanos());
    return find(judge, to);
  }

  /**
   * What to connect to; null where that is the target's own host. Never blocks.
   *
   * @throws McpFailure where the policy refuses it by now
   */
  public @Nullable SocketAddress current() throws McpFailure {
    if (guard != null && target != null) {
      renewWhenStale(guard, target);
    }
    State now = state;
    if (now.refusal != null) {
      throw now.refusal;
    }
    return now.address;
  }

  private void renewWhenStale(AddressGuard judge, RemoteTarget to) {
    long due = staleAt.get();
    long now = System.nanoTime();
    if (now - due > 0 && staleAt.compareAndSet(due, now + AddressGuard.FRESH.toNanos())) {
      find(judge, to);
    }
  }

  /** The address could not be connected to: where the name has others, the next one is taken. */
  public void disappointed() {
    InetAddress address = state.ip;
    if (guard != null && target != null && address != null) {
      disappointing = true;
      guard.disappointed(Destination.of(target), address);
      find(guard, target);
    }
  }

  /** The outcome is this object's state too, so that nobody has to wait for a renewal. */
  private CompletableFuture<Void> find(AddressGuard judge, RemoteTarget to) {
    Destination destination = Destination.of(to);
    return switch (judge.judge(server, destination)) {
      case AddressPolicy.Ruling.Refused refused ->
          refuse(destination.hostAndPort() + " " + refused.why());
      case AddressPolicy.Ruling.Allowed allowed -> byName();
      case AddressPolicy.Ruling.ByAddress name ->
          to.proxy() == null ? look(judge, to, destination) : byName();
    };
  }

  private CompletableFuture<Void> byName() {
    state = State.BY_NAME;
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> refuse(String why) {
    McpFailure refusal = McpFailure.of(McpFailure.Kind.FORBIDDEN, server, why);
    state = State.refused(refusal);
    return CompletableFuture.failedFuture(refusal);
  }

  private CompletableFuture<Void> look(AddressGuard judge, RemoteTarget to, Destination name) {
    return judge
        .addresses(name)
        .handle((found, thrown) -> found == null ? failed(to, thrown) : pin(found, name.port()))
        .thenCompose(done -> done);
  }

  /** An address that is among those found is kept, and with it its connections. */
  private CompletableFuture<Void> pin(List<InetAddress> found, int port) {
    InetAddress before = state.ip;
    boolean isKept = before != null && !disappointing && found.contains(before);
    if (!isKept) {
      state = State.at(found.getFirst(), port);
    }
    disappointing = false;
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> failed(RemoteTarget to, @Nullable Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException || cause instanceof UncheckedIOException) {
      cause = cause.getCause();
    }
    if (cause instanceof ForbiddenAddressException forbidden) {
      return refuse(String.valueOf(forbidden.getMessage()));
    }
    McpFailure failure =
        RemoteFailures.unreachable(server, to, cause == null ? new IOException() : cause);
    if (state.address == null) {
      state = State.refused(failure);
    }
    return CompletableFuture.failedFuture(failure);
  }
}
