package io.mcprouter.credential;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which messages were called and how that ended, for all nodes on a database. A node that has not
 * been heard of for the lease counts as gone: what it had begun is interrupted, and what it may
 * still write about that does not count. Everything is safe when a method returns, and blocks until
 * then.
 */
public final class MessageJournal implements AutoCloseable {
  /** Larger answers are not kept, which H2 could not, and of PostgreSQL would be too much. */
  static final int LARGEST_ANSWER = 512 << 10;

  private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
  private static final char SEPARATOR = '\u0000';

  private final String node = UUID.randomUUID().toString();
  private final MessageTable table;
  private final GroupCommit writes;
  private final Housekeeping heartbeat = new Housekeeping();
  private final Duration lease;
  private final Map<String, Long> open = new ConcurrentHashMap<>();
  private final AtomicLong tokens = new AtomicLong();

  /**
   * @param lease how long a node may be silent; it speaks three times as often
   * @param retention how long what has ended, or was interrupted, is remembered
   */
  public MessageJournal(Store store, Sealing sealing, Duration lease, Duration retention) {
    this.table = new MessageTable(store, sealing);
    this.writes = new GroupCommit(store, "message-journal");
    this.lease = lease;
    table.seen(node);
    heartbeat.every(lease.dividedBy(3), "Saying that this node is alive", () -> table.seen(node));
    heartbeat.every(
        BETWEEN_SWEEPS, "Removing old calls of messages", () -> removeOlderThan(retention));
  }

  private static String key(Intent intent) {
    return intent.source() + SEPARATOR + intent.id();
  }

  /** Writes an intent, or finds what became of it before. */
  public Found claim(Intent intent) {
    String key = key(intent);
    long token = tokens.incrementAndGet();
    if (open.putIfAbsent(key, token) != null) {
      return new Found.Busy();
    }
    Found found = null;
    try {
      found = writes.write(key, () -> claimed(intent, token));
      return found;
    } finally {
      if (!(found instanceof Found.Mine)) {
        open.remove(key, token);
      }
    }
  }

  private Found claimed(Intent intent, long token) {
    if (table.insert(intent, node)) {
      return new Found.Mine(1, false, intent.repeatable(), token);
    }
    Optional<MessageTable.Row> found = table.find(intent, lease);
    if (found.isEmpty()) {
      return new Found.Busy(); // it was withdrawn in between
    }
    MessageTable.Row row = found.get();
    if (!row.digest().equals(intent.digest())) {
      return new Found.Another();
    }
    if (row.ended() != null) {
      return row.ended();
    }
    boolean left = row.node().equals(node) || !row.alive();
    return left && table.takeOver(intent, row, node)
        ? new Found.Mine(row.claims() + 1, true, row.repeatable(), token)
        : new Found.Busy();
  }

  /** Writes how a call ended, and leaves the message. */
  public Finish finish(Intent intent, Found.Mine mine, Ended ended) {
    byte[] answer = ended.answer();
    Ended kept =
        answer != null && answer.length > LARGEST_ANSWER ? new Ended(ended.status(), null) : ended;
    Finish finish = writes.write(key(intent), () -> finished(intent, mine, kept));
    leave(intent, mine);
    return finish;
  }

  private Finish finished(Intent intent, Found.Mine mine, Ended kept) {
    if (table.finish(intent, node, mine.claims(), kept)) {
      return new Finish.Counts();
    }
    Optional<Ended> other = table.find(intent, lease).map(MessageTable.Row::ended);
    return other.isPresent() ? new Finish.Other(other.get()) : new Finish.Superseded();
  }

  /** Takes an intent back. */
  public void withdraw(Intent intent, Found.Mine mine) {
    writes.write(key(intent), () -> table.delete(intent, node, mine.claims()));
    leave(intent, mine);
  }

  /** Goes no further with a message; if it has not ended, it was interrupted. */
  public void leave(Intent intent, Found.Mine mine) {
    open.remove(key(intent), mine.token());
  }

  /** Removes what is older than that; returns how many calls. */
  int removeOlderThan(Duration age) {
    return table.removeOlderThan(age);
  }

  @Override
  public void close() {
    heartbeat.close();
    writes.close();
    table.gone(node);
  }

  /**
   * A call of a message.
   *
   * @param source whose ids these are, at most 255 characters
   * @param id at most 200 characters
   * @param digest tells messages under one id apart, 43 characters
   */
  public record Intent(String source, String id, String digest, boolean repeatable) {}

  /** What a claim found. */
  public sealed interface Found {
    /**
     * The message is this claim's until it is finished, withdrawn or left.
     *
     * @param claims how often it was claimed
     * @param token tells this claim from any other of this process
     */
    record Mine(int claims, boolean interrupted, boolean repeatable, long token) implements Found {}

    /** Somebody works on it. */
    record Busy() implements Found {}

    /** Another message has the id. */
    record Another() implements Found {}
  }

  /** What became of an end that was to be written. */
  public sealed interface Finish {
    /** It is written. */
    record Counts() implements Finish {}

    /** Another node had taken the call over, and this is how it ended. */
    record Other(Ended ended) implements Finish {}

    /** Another node has taken the call over and not ended it. */
    record Superseded() implements Finish {}
  }

  /**
   * How a call ended.
   *
   * @param answer null where it was not kept
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Ended(String status, byte @Nullable [] answer) implements Found {
    @Override
    public String toString() {
      return "Ended[" + status + "]";
    }
  }
}
