package io.mcprouter.credential;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Who did what. Entries are collected and written in batches behind the callers' backs, since a
 * transaction costs as much as many rows: a call never waits for the log, which is up to a quarter
 * of a second late. Where the database cannot keep up, entries are dropped, counted and reported.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int DEFAULT_CAPACITY = 20_000;
  private static final int BATCH = 500;
  private static final int LARGEST_PAGE = 1_000;

  /** A search may take seconds, and a connection that others wait for. */
  private static final int SEARCHES_AT_ONCE = 2;

  private static final Duration COLLECTING = Duration.ofMillis(250);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration TO_THE_END = Duration.ofSeconds(5);

  private final AuditTable table;
  private final Clock clock;
  private final BlockingQueue<AuditEntry> queue;
  private final AtomicLong dropped = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Semaphore searches = new Semaphore(SEARCHES_AT_ONCE);
  private final Thread writer;

  public AuditLog(Store store, Clock clock) {
    this(store, clock, DEFAULT_CAPACITY);
  }

  AuditLog(Store store, Clock clock, int capacity) {
    this.table = new AuditTable(store);
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.writer = Thread.ofVirtual().name("audit-log").start(this::writeUntilClosed);
  }

  /** Takes an entry. Never blocks. */
  public void append(AuditEntry entry) {
    if (!queue.offer(entry)) {
      drop(1);
    }
  }

  private void drop(int entries) {
    if (dropped.getAndAdd(entries) == 0) {
      LOG.error(
          "The audit log cannot keep up: entries are dropped from now on. Look at the database;"
              + " how many were dropped is counted.");
    }
  }

  /** How many entries were lost since the start. */
  public long dropped() {
    return dropped.get();
  }

  private void writeUntilClosed() {
    try {
      boolean last = false;
      while (!last) {
        last = closing.await(COLLECTING.toMillis(), TimeUnit.MILLISECONDS);
        writeCollected();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeCollected() throws InterruptedException {
    List<AuditEntry> batch = new ArrayList<>(BATCH);
    while (queue.drainTo(batch, BATCH) > 0) {
      write(batch);
      batch.clear();
    }
  }

  /**
   * Tries until it works: meanwhile the queue fills, and drops what it cannot hold. Once this is
   * closed, one more attempt is made.
   */
  private void write(List<AuditEntry> batch) throws InterruptedException {
    boolean told = false;
    boolean last = false;
    while (!written(batch, !told)) {
      told = true;
      if (last) {
        drop(batch.size());
        return;
      }
      last = closing.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean written(List<AuditEntry> batch, boolean tell) {
    try {
      table.insert(batch);
      return true;
    } catch (DataAccessException | TransactionException e) {
      if (tell) {
        LOG.warn("The audit log cannot be written; it is tried again", e);
      }
      return false;
    }
  }

  /**
   * Entries, the newest first.
   *
   * @param pageToken {@link Page#next} of the page before; null for the first
   * @param most how many at most
   * @throws IllegalArgumentException if the token is none
   * @throws org.springframework.dao.QueryTimeoutException if too many entries had to be looked
   *     through; a narrower time helps
   * @throws BusyException if others are searching
   */
  public Page find(AuditFilter filter, @Nullable String pageToken, int most) {
    int size = Math.clamp(most, 1, LARGEST_PAGE);
    List<AuditTable.Row> rows = search(filter, before(pageToken), size + 1);
    List<AuditTable.Row> shown = rows.subList(0, Math.min(size, rows.size()));
    return new Page(
        shown.stream().map(AuditTable.Row::entry).toList(),
        rows.size() > size ? Long.toString(shown.getLast().id(), Character.MAX_RADIX) : null);
  }

  private List<AuditTable.Row> search(AuditFilter filter, long before, int most) {
    if (!searches.tryAcquire()) {
      throw new BusyException();
    }
    try {
      return table.find(filter, before, most);
    } finally {
      searches.release();
    }
  }

  private static long before(@Nullable String pageToken) {
    try {
      return pageToken == null ? Long.MAX_VALUE : Long.parseLong(pageToken, Character.MAX_RADIX);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("The page token is not one of the audit log's", e);
    }
  }

  /** Removes entries that are older than that; returns how many. */
  public int removeOlderThan(Duration age) {
    return table.deleteBefore(clock.instant().minus(age));
  }

  /** Writes what is waiting, as far as that is possible within a few seconds. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (!writer.join(TO_THE_END)) {
        LOG.error("The audit log could not be written to its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As many searches go on as may at once. */
  public static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException() {
      super("Others are searching the audit log: try again in a moment", null, false, false);
    }
  }

  /**
   * Some entries.
   *
   * @param next the token of the next page; null where this is the last
   */
  public record Page(List<AuditEntry> entries, @Nullable String next) {}
}
