package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What one node changes, the others hear of. */
class InvalidationsTest {
  private static final Invalidation CHANGE =
      new Invalidation(Invalidation.Kind.USER_VARIABLES, "a\"b", "ü:\n", "mail");

  private static Invalidations node(StoreUnderTest db, Heard heard) {
    Invalidations node =
        db.closing(Invalidations.open(db.closing(db.openAnother()), Clock.systemUTC()));
    node.onChange(heard);
    return node;
  }

  @StoreTest
  void a_change_reaches_the_own_node_at_once_and_the_others_soon_each_once(StoreUnderTest db) {
    Heard here = new Heard();
    Heard there = new Heard();
    Invalidations first = node(db, here);
    node(db, there);

    first.publish(CHANGE);
    assertThat(here.changes).containsExactly(CHANGE);
    first.publish(new Invalidation(Invalidation.Kind.API_KEYS, "", "last", ""));

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(there.changes).hasSize(2));
    assertThat(there.changes).first().isEqualTo(CHANGE);
    assertThat(here.changes).hasSize(2);
    assertThat(there.lost).hasValue(0);
  }

  @StoreTest
  void a_listener_that_fails_keeps_nothing_from_the_others(StoreUnderTest db) {
    Heard heard = new Heard();
    Invalidations node = db.closing(Invalidations.open(db.store(), Clock.systemUTC()));
    node.onChange(
        new Invalidations.Listener() {
          @Override
          public void changed(Invalidation change) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void lostTrack() {}
        });
    node.onChange(heard);

    node.publish(CHANGE);

    assertThat(heard.changes).containsExactly(CHANGE);
  }

  @Test
  void a_lost_connection_comes_back_and_everything_is_forgotten() throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(Database.POSTGRESQL)) {
      Heard heard = new Heard();
      node(db, heard);

      db.store()
          .jdbc()
          .sql(
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND application_name = 'mcp-router news'""")
          .query((row, at) -> at)
          .list();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> heard.lost.get() == 1);

      Invalidations another = db.closing(Invalidations.open(db.store(), Clock.systemUTC()));
      another.publish(CHANGE);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(heard.changes).containsExactly(CHANGE));
    }
  }

  @Test
  void news_that_is_not_understood_forgets_everything() throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(Database.POSTGRESQL)) {
      Heard heard = new Heard();
      node(db, heard);

      db.store()
          .jdbc()
          .sql("SELECT pg_notify('mcp_router', '[\"n\",\"OF_A_NEWER_ROUTER\",\"\",\"\",\"\"]')")
          .query((row, at) -> at)
          .list();

      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> heard.lost.get() == 1);
    }
  }

  private static final class Heard implements Invalidations.Listener {
    private final List<Invalidation> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();

    @Override
    public void changed(Invalidation change) {
      changes.add(change);
    }

    @Override
    public void lostTrack() {
      lost.incrementAndGet();
    }
  }
}
