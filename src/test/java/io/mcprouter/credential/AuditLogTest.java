package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

/** Threat 32: who did what is written down, in order, and nothing waits for it. */
class AuditLogTest {
  private static final Executor THREADS = Thread::startVirtualThread;

  private final SettableClock clock = new SettableClock();

  /** An entry a millisecond after the one before. */
  private AuditEntry entry(String actor, String tool) {
    clock.advance(Duration.ofMillis(1));
    return new AuditEntry(
        clock.instant(),
        "acme",
        actor,
        "JWT",
        "tools/call",
        "mail",
        tool,
        "ok",
        null,
        Duration.ofMillis(3),
        "0af7651916cd43dd8448eb211c80319c",
        null);
  }

  private static List<AuditEntry> all(AuditLog log, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> log.find(AuditFilter.ALL, null, 1_000).entries().size() >= count);
    return log.find(AuditFilter.ALL, null, 1_000).entries();
  }

  @StoreTest
  void an_entry_comes_back_as_it_was_the_newest_first(StoreUnderTest db) {
    AuditLog log = db.closing(new AuditLog(db.store(), clock));
    AuditEntry first = entry("ada", "send");
    AuditEntry second =
        new AuditEntry(
            clock.instant(),
            "",
            "",
            "APPLICATION",
            "start",
            null,
            null,
            "failed",
            -32000,
            null,
            null,
            "no database");
    log.append(first);
    log.append(second);

    assertThat(all(log, 2)).containsExactly(second, first);
  }

  @StoreTest
  void entries_are_found_by_what_they_say_page_by_page(StoreUnderTest db) {
    AuditLog log = db.closing(new AuditLog(db.store(), clock));
    log.append(entry("ada", "too early"));
    clock.advance(Duration.ofMillis(1));
    Instant before = clock.instant();
    IntStream.range(0, 5).forEach(at -> log.append(entry("ada", "tool" + at)));
    log.append(entry("bob", "tool1"));
    clock.advance(Duration.ofHours(1));
    log.append(entry("ada", "late"));
    all(log, 8);
    AuditFilter early =
        new AuditFilter("acme", "ada", "tools/call", "mail", null, "ok", before, clock.instant());

    AuditLog.Page first = log.find(early, null, 3);
    AuditLog.Page second = log.find(early, first.next(), 3);

    assertThat(first.entries())
        .extracting(AuditEntry::tool)
        .containsExactly("tool4", "tool3", "tool2");
    assertThat(second.entries()).extracting(AuditEntry::tool).containsExactly("tool1", "tool0");
    assertThat(second.next()).isNull();
    assertThat(log.find(AuditFilter.of(new Owner("acme", "bob")), null, 9).entries()).hasSize(1);
    assertThat(log.find(AuditFilter.of(new Owner("", "bob")), null, 9).entries()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> log.find(early, "1; DROP", 3));
  }

  @StoreTest
  void two_processes_that_hit_on_the_same_keys_both_write(StoreUnderTest db) {
    AuditTable one = new AuditTable(db.store(), new AuditKeys(0), Duration.ofSeconds(10));
    AuditTable other = new AuditTable(db.store(), new AuditKeys(0), Duration.ofSeconds(10));
    AuditEntry first = entry("ada", "send");

    one.insert(List.of(first));
    other.insert(List.of(first));

    assertThat(one.find(AuditFilter.ALL, Long.MAX_VALUE, 9))
        .extracting(AuditTable.Row::entry)
        .containsExactly(first, first);
  }

  @Test
  void searches_are_few_and_end() throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(Database.POSTGRESQL)) {
      AuditTable table = new AuditTable(db.store(), new AuditKeys(), Duration.ofSeconds(1));
      AuditLog log = db.closing(new AuditLog(db.store(), clock));
      db.store()
          .runInTransaction(
              () -> {
                db.store().jdbc().sql("LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE").update();
                assertThat(
                        CompletableFuture.supplyAsync(
                            () -> table.find(AuditFilter.ALL, Long.MAX_VALUE, 9)))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(QueryTimeoutException.class);

                List<CompletableFuture<AuditLog.Page>> searching =
                    IntStream.range(0, 3)
                        .mapToObj(
                            each ->
                                CompletableFuture.supplyAsync(
                                    () -> log.find(AuditFilter.ALL, null, 9), THREADS))
                        .toList();
                assertThat(CompletableFuture.anyOf(searching.toArray(CompletableFuture[]::new)))
                    .as("the third does not wait for the other two")
                    .failsWithin(Duration.ofSeconds(8))
                    .withThrowableThat()
                    .withCauseInstanceOf(AuditLog.BusyException.class);
              });
    }
  }

  @StoreTest
  void what_a_client_sends_never_stops_the_log(StoreUnderTest db) {
    AuditLog log = db.closing(new AuditLog(db.store(), clock));
    log.append(entry("a\0da", "t".repeat(5_000)));

    assertThat(all(log, 1).getFirst().tool()).hasSize(255);
  }

  @StoreTest
  void old_entries_are_removed(StoreUnderTest db) {
    AuditLog log = db.closing(new AuditLog(db.store(), clock));
    log.append(entry("ada", "old"));
    clock.advance(Duration.ofDays(91));
    log.append(entry("ada", "new"));
    all(log, 2);

    assertThat(log.removeOlderThan(Duration.ofDays(90))).isOne();
    assertThat(all(log, 1)).extracting(AuditEntry::tool).containsExactly("new");
  }

  @StoreTest
  void what_is_waiting_is_written_before_the_end(StoreUnderTest db) {
    AuditLog log = new AuditLog(db.store(), clock);
    IntStream.range(0, 2_000).forEach(at -> log.append(entry("ada", "tool" + at)));
    log.close();

    assertThat(db.store().jdbc().sql("SELECT COUNT(*) FROM audit_log").query(Long.class).single())
        .isEqualTo(2_000);
    assertThat(log.dropped()).isZero();
  }

  @Test
  void where_the_database_is_away_entries_are_dropped_and_counted_and_nobody_waits()
      throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(Database.H2)) {
      AuditLog log = db.closing(new AuditLog(db.store(), clock, 10));
      db.store().jdbc().sql("ALTER TABLE audit_log RENAME TO away").update();
      IntStream.range(0, 1_000).forEach(at -> log.append(entry("ada", "tool")));
      assertThat(log.dropped()).isGreaterThan(400);

      db.store().jdbc().sql("ALTER TABLE away RENAME TO audit_log").update();
      assertThat(all(log, 1)).as("what was kept is written").isNotEmpty();
    }
  }
}
