package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcprouter.credential.MessageJournal.Ended;
import io.mcprouter.credential.MessageJournal.Finish;
import io.mcprouter.credential.MessageJournal.Found;
import io.mcprouter.credential.MessageJournal.Intent;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What is remembered of messages, by one node and by two. */
class MessageJournalTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Intent INTENT = intent("1", false);

  private static Intent intent(String id, boolean repeatable) {
    return new Intent("orders", id, "digest of " + id, repeatable);
  }

  private static MessageJournal journal(StoreUnderTest store, Duration lease) {
    return store.closing(new MessageJournal(store.openAnother(), store.sealing(), lease, LONG));
  }

  private static Found.Mine mine(MessageJournal journal, Intent intent) {
    Found found = journal.claim(intent);
    assertThat(found).isInstanceOf(Found.Mine.class);
    return (Found.Mine) found;
  }

  private static Ended ended(String status, String answer) {
    return new Ended(status, answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertAnswered(Found found, String status, String answer) {
    assertThat(found).isInstanceOf(Ended.class);
    assertThat(((Ended) found).status()).isEqualTo(status);
    assertThat(((Ended) found).answer()).asString(StandardCharsets.UTF_8).isEqualTo(answer);
  }

  @StoreTest
  void what_has_ended_is_answered_as_it_was(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    Found.Mine mine = mine(journal, INTENT);
    assertThat(mine.interrupted()).isFalse();
    assertThat(journal.claim(INTENT)).isInstanceOf(Found.Busy.class);
    assertThat(journal.finish(INTENT, mine, ended("ok", "{}"))).isEqualTo(new Finish.Counts());
    assertAnswered(journal.claim(INTENT), "ok", "{}");
    assertAnswered(journal(store, LONG).claim(INTENT), "ok", "{}");
  }

  @StoreTest
  void an_answer_is_sealed_where_it_lies(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    journal.finish(INTENT, mine(journal, INTENT), ended("ok", "{\"secret\":1}"));
    byte[] stored =
        store.store().jdbc().sql("SELECT answer FROM message_calls").query(byte[].class).single();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
  }

  @StoreTest
  void an_answer_that_is_too_large_is_not_kept_and_its_status_is(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    Ended large = new Ended("ok", new byte[MessageJournal.LARGEST_ANSWER + 1]);
    assertThat(journal.finish(INTENT, mine(journal, INTENT), large)).isEqualTo(new Finish.Counts());
    assertThat(journal.claim(INTENT)).isEqualTo(new Ended("ok", null));
  }

  @StoreTest
  void another_message_under_an_id_is_told_apart(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    journal.leave(INTENT, mine(journal, INTENT));
    Intent other = new Intent("orders", "1", "another digest", false);
    assertThat(journal.claim(other)).isInstanceOf(Found.Another.class);
    assertThat(journal.claim(new Intent("bills", "1", "another digest", false)))
        .isInstanceOf(Found.Mine.class);
  }

  @StoreTest
  void what_is_withdrawn_begins_anew_and_what_is_left_is_interrupted(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    journal.withdraw(INTENT, mine(journal, INTENT));
    Found.Mine again = mine(journal, INTENT);
    assertThat(again.interrupted()).isFalse();
    journal.leave(INTENT, again);
    assertThat(mine(journal, INTENT).interrupted()).isTrue();
  }

  @StoreTest
  void a_claim_that_is_over_does_not_leave_the_one_after_it(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    Found.Mine first = mine(journal, INTENT);
    journal.withdraw(INTENT, first);
    mine(journal, INTENT);
    journal.leave(INTENT, first);
    assertThat(journal.claim(INTENT)).isInstanceOf(Found.Busy.class);
  }

  @StoreTest
  void what_a_living_node_works_on_is_left_to_it(StoreUnderTest store) {
    MessageJournal one = journal(store, LONG);
    MessageJournal two = journal(store, LONG);
    Found.Mine mine = mine(one, INTENT);
    assertThat(two.claim(INTENT)).isInstanceOf(Found.Busy.class);
    one.finish(INTENT, mine, ended("ok", "{}"));
    assertAnswered(two.claim(INTENT), "ok", "{}");
  }

  @StoreTest
  void what_a_node_that_is_gone_had_begun_is_interrupted(StoreUnderTest store) {
    Intent repeatable = intent("2", true);
    MessageJournal one = new MessageJournal(store.openAnother(), store.sealing(), LONG, LONG);
    mine(one, INTENT);
    mine(one, repeatable);
    one.close();
    MessageJournal two = journal(store, LONG);
    assertThat(mine(two, INTENT)).isEqualTo(new Found.Mine(2, true, false, 1));
    assertThat(mine(two, intent("2", false))).isEqualTo(new Found.Mine(2, true, true, 2));
  }

  @StoreTest
  void a_node_that_was_taken_for_gone_hears_what_counts_now(StoreUnderTest store) {
    MessageJournal silent = journal(store, LONG); // which says that it is alive every 200 s
    Found.Mine mine = mine(silent, INTENT);
    MessageJournal other = journal(store, Duration.ofSeconds(1));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              Found found = other.claim(INTENT);
              if (found instanceof Found.Mine taken) {
                assertThat(silent.finish(INTENT, mine, ended("ok", "{\"late\":1}")))
                    .isEqualTo(new Finish.Superseded());
                other.finish(INTENT, taken, ended("outcome-unknown", "{}"));
                return true;
              }
              return false;
            });
    assertThat(silent.finish(INTENT, mine, ended("ok", "{\"late\":1}")))
        .isInstanceOfSatisfying(
            Finish.Other.class, counts -> assertAnswered(counts.ended(), "outcome-unknown", "{}"));
  }

  @StoreTest
  void many_at_once_claim_each_message_once(StoreUnderTest store) throws InterruptedException {
    List<MessageJournal> nodes = List.of(journal(store, LONG), journal(store, LONG));
    AtomicInteger claimed = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(400);
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      MessageJournal node = nodes.get(i % 2);
      Intent intent = intent("many-" + i / 4, false);
      Thread.ofVirtual()
          .uncaughtExceptionHandler((thread, thrown) -> failures.add(thrown))
          .start(
              () -> {
                try {
                  if (node.claim(intent) instanceof Found.Mine) {
                    claimed.incrementAndGet();
                  }
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    assertThat(failures).isEmpty();
    assertThat(claimed).hasValue(100);
  }

  @StoreTest
  void an_error_within_a_write_is_told_and_the_next_one_is_written(StoreUnderTest store) {
    try (GroupCommit writes = new GroupCommit(store.store(), "test")) {
      assertThatThrownBy(
              () ->
                  writes.write(
                      "a",
                      () -> {
                        throw new StackOverflowError();
                      }))
          .isInstanceOf(StackOverflowError.class);
      assertThat(writes.write("b", () -> 1)).isEqualTo(1);
    }
  }

  @StoreTest
  void what_is_old_is_removed(StoreUnderTest store) {
    MessageJournal journal = journal(store, LONG);
    journal.finish(INTENT, mine(journal, INTENT), ended("ok", "{}"));
    assertThat(journal.removeOlderThan(LONG)).isZero();
    assertThat(journal.removeOlderThan(Duration.ofMillis(-1))).isEqualTo(1);
    assertThat(mine(journal, INTENT).interrupted()).isFalse();
  }
}
