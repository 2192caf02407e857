package io.mcprouter.endpoint;

import io.mcprouter.identity.Proof;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Streams and sockets that outlive the request that proved their caller. They end when the proof
 * does: when a token expires, or a key is revoked.
 */
public final class ProvenConnections {
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Predicate<Proof> holds;

  /**
   * @param holds whether a proof holds still; asked once a connection is watched, since a key may
   *     have been revoked on the way here
   */
  public ProvenConnections(Predicate<Proof> holds) {
    this.holds = holds;
  }

  /**
   * Watches a connection.
   *
   * @param isOver whether it has ended by itself
   * @param close ends it; from any thread
   */
  void watch(Proof proof, BooleanSupplier isOver, Runnable close) {
    if (!proof.credential().isEmpty() || !proof.expires().equals(Instant.MAX)) {
      Connection connection = new Connection(proof, isOver, close);
      open.add(connection);
      if (!holds.test(proof)) {
        close(connection::equals);
      }
    }
  }

  /** Ends what has expired, and forgets what has ended. */
  void sweep(Instant now) {
    open.removeIf(connection -> connection.isOver.getAsBoolean());
    close(connection -> connection.proof.hasExpired(now));
  }

  /**
   * Ends what the keys of a user proved, of which one was revoked.
   *
   * @param user the user's key
   */
  public void keyRevoked(String user) {
    close(
        connection ->
            !connection.proof.credential().isEmpty()
                && connection.proof.caller().key().equals(user));
  }

  /** Ends what was proved by any key: some may have been revoked that nobody told of. */
  public void keysUnknown() {
    close(connection -> !connection.proof.credential().isEmpty());
  }

  private void close(Predicate<Connection> which) {
    open.removeIf(
        connection -> {
          boolean ends = which.test(connection);
          if (ends) {
            connection.close.run();
          }
          return ends;
        });
  }

  /** Each is another one, whatever it holds. */
  private static final class Connection {
    private final Proof proof;
    private final BooleanSupplier isOver;
    private final Runnable close;

    Connection(Proof proof, BooleanSupplier isOver, Runnable close) {
      this.proof = proof;
      this.isOver = isOver;
      this.close = close;
    }
  }
}
