package io.mcprouter.credential;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The keys of the audit log's entries. A key begins with the entry's time in microseconds, so that
 * the table's own order answers every question about time, and no index beside it has to be written
 * for every call. Twelve bits behind it tell entries of one microsecond apart; two processes may
 * hit on the same ones, and then one of them {@linkplain #another takes others}.
 */
final class AuditKeys {
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final int TELLING_APART = 12;
  private static final int MASK = (1 << TELLING_APART) - 1;
  private static final Instant LAST =
      FIRST.plus(Long.MAX_VALUE >> TELLING_APART, ChronoUnit.MICROS);

  private int next;

  AuditKeys() {
    this(random());
  }

  AuditKeys(int next) {
    this.next = next;
  }

  /** The smallest key of that time: everything before it was before that time. */
  static long atOrAfter(Instant time) {
    if (time.isBefore(FIRST)) {
      return 0;
    }
    return time.isBefore(LAST)
        ? FIRST.until(time, ChronoUnit.MICROS) << TELLING_APART
        : Long.MAX_VALUE;
  }

  /** A key for an entry of that time, another each time. */
  long of(Instant time) {
    return atOrAfter(time) | (next++ & MASK);
  }

  /** Goes on elsewhere, since another process has these keys. */
  void another() {
    next = random();
  }

  private static int random() {
    return ThreadLocalRandom.current().nextInt(MASK + 1);
  }
}
