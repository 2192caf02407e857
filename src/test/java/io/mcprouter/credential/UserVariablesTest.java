package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Users' own values: kept sealed, given to nobody but a server, and gone once they are revoked. */
class UserVariablesTest {
  private static final Owner ADA = new Owner("", "ada");
  private static final Owner BOB = new Owner("", "bob");
  private static final Owner ADA_OF_ACME = new Owner("acme", "ada");
  private static final Set<String> DECLARED = Set.of("TOKEN", "REGION");

  private final AtomicLong nanos = new AtomicLong();

  private UserVariables on(StoreUnderTest db) {
    return on(db, db.store(), db.sealing());
  }

  private UserVariables on(StoreUnderTest db, Store store, Sealing sealing) {
    Invalidations invalidations = db.closing(Invalidations.open(store, Clock.systemUTC()));
    Ticker ticker = nanos::get;
    return new UserVariables(store, sealing, invalidations, Clock.systemUTC(), ticker);
  }

  @StoreTest
  void what_is_saved_is_there_for_its_user_and_server_alone(StoreUnderTest db) {
    UserVariables variables = on(db);
    variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "canary-1", "REGION", "eu"), null);

    assertThat(variables.of(ADA, "mail").join())
        .containsOnly(Map.entry("TOKEN", "canary-1"), Map.entry("REGION", "eu"));
    assertThat(variables.of(BOB, "mail").join()).isEmpty();
    assertThat(variables.of(ADA_OF_ACME, "mail").join()).isEmpty();
    assertThat(variables.of(ADA, "files").join()).isEmpty();
    assertThat(variables.names(ADA)).isEqualTo(Map.of("mail", Set.of("REGION", "TOKEN")));
    assertThat(variables.names(BOB)).isEmpty();
  }

  @StoreTest
  void what_is_read_lately_is_at_hand_until_it_is_replaced_or_revoked(StoreUnderTest db) {
    UserVariables variables = on(db);
    variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "one"), null);
    variables.of(ADA, "mail").join();
    assertThat(variables.of(ADA, "mail")).isCompletedWithValue(Map.of("TOKEN", "one"));

    variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "two"), null);
    assertThat(variables.of(ADA, "mail").join()).containsEntry("TOKEN", "two");

    variables.revoke(ADA, "mail", Set.of("TOKEN"), null);
    assertThat(variables.of(ADA, "mail").join()).isEmpty();
  }

  @StoreTest
  void no_value_stays_in_memory_for_longer_than_a_minute(StoreUnderTest db) {
    UserVariables variables = on(db);
    variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "one"), null);
    variables.of(ADA, "mail").join();
    db.store().jdbc().sql("DELETE FROM user_variables").update();

    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(variables.of(ADA, "mail").join()).isNotEmpty();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(variables.of(ADA, "mail").join()).isEmpty();
  }

  @StoreTest
  void another_node_forgets_what_is_revoked_here(StoreUnderTest db) {
    UserVariables here = on(db);
    UserVariables there = on(db, db.openAnother(), db.sealing());
    here.save(ADA, "mail", DECLARED, Map.of("TOKEN", "one"), null);
    Awaitility.await().until(() -> !there.of(ADA, "mail").join().isEmpty());

    here.revokeAll(ADA, "mail");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> there.of(ADA, "mail").join().isEmpty());
  }

  @StoreTest
  void only_declared_names_and_fit_values_are_taken_all_or_none(StoreUnderTest db) {
    UserVariables variables = on(db);
    Set<String> withReserved = Set.of("TOKEN", "LIBRECHAT_USER_EMAIL", "librechat_x");
    String tooLong = "x".repeat(16 * 1024 + 1);
    List<Map<String, String>> refused =
        List.of(
            Map.of("TOKEN", "canary", "OTHER", "x"),
            Map.of("TOKEN", "canary", "LIBRECHAT_USER_EMAIL", "x"),
            Map.of("TOKEN", "canary", "librechat_x", "x"),
            Map.of("TOKEN", "canary\0"),
            Map.of("TOKEN", " \n"),
            Map.of("TOKEN", "canary" + tooLong));

    assertThat(refused)
        .allSatisfy(
            values ->
                assertThatExceptionOfType(RefusedVariableException.class)
                    .isThrownBy(() -> variables.save(ADA, "mail", withReserved, values, null))
                    .satisfies(thrown -> assertThat(thrown).hasMessageNotContaining("canary")));
    assertThat(variables.state(ADA, "mail")).isEqualTo(new UserVariables.State(0, Set.of()));
  }

  @StoreTest
  void a_writer_who_saw_an_older_version_is_told(StoreUnderTest db) {
    UserVariables variables = on(db);
    long first = variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "one"), 0L);
    long second = variables.revoke(ADA, "mail", Set.of("TOKEN"), first);

    assertThat(variables.state(ADA, "mail")).isEqualTo(new UserVariables.State(second, Set.of()));
    assertThatExceptionOfType(StaleVersionException.class)
        .isThrownBy(() -> variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "x"), first))
        .satisfies(thrown -> assertThat(thrown.current()).isEqualTo(second));
    assertThat(variables.state(ADA, "mail").set()).isEmpty();
  }

  @StoreTest
  void of_writers_at_once_none_is_lost(StoreUnderTest db) throws Exception {
    UserVariables here = on(db);
    UserVariables there = on(db, db.openAnother(), db.sealing());
    int writers = 8;
    List<Callable<Long>> saves =
        IntStream.range(0, writers)
            .<Callable<Long>>mapToObj(
                at ->
                    () ->
                        (at % 2 == 0 ? here : there)
                            .save(ADA, "mail", DECLARED, Map.of("TOKEN", "v" + at), null))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<Long> versions = new HashSet<>();
      for (Future<Long> save : threads.invokeAll(saves)) {
        versions.add(save.get());
      }
      assertThat(versions).hasSize(writers).contains((long) writers);
    }
    assertThat(here.state(ADA, "mail").version()).isEqualTo(writers);
  }

  @StoreTest
  void the_database_holds_no_value_and_no_row_opens_for_somebody_else(StoreUnderTest db) {
    UserVariables variables = on(db);
    variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "canary-2"), null);
    byte[] stored =
        db.store().jdbc().sql("SELECT sealed FROM user_variables").query(byte[].class).single();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("canary");

    db.store().jdbc().sql("UPDATE user_variables SET user_id = 'bob'").update();

    assertThat(variables.of(BOB, "mail").join()).as("opens for nobody").isEmpty();
    variables.save(BOB, "mail", DECLARED, Map.of("TOKEN", "his own"), null);
    assertThat(variables.of(BOB, "mail").join()).containsEntry("TOKEN", "his own");
  }

  @StoreTest
  void after_a_rotation_all_are_sealed_again_and_stay_readable(StoreUnderTest db) {
    Sealing sealing = db.sealing();
    UserVariables variables = on(db, db.store(), sealing);
    variables.save(ADA, "mail", DECLARED, Map.of("TOKEN", "one", "REGION", "eu"), null);
    variables.save(BOB, "mail", DECLARED, Map.of("TOKEN", "two"), null);
    db.store()
        .jdbc()
        .sql("UPDATE user_variables SET tenant = 'moved' WHERE name = 'REGION'")
        .update();
    Resealing resealing = new Resealing(sealing, List.of(variables.rows()));

    sealing.rotate();
    assertThat(resealing.outstanding()).isEqualTo(3);
    assertThat(resealing.run()).as("that cannot be opened").isOne();

    assertThat(resealing.outstanding()).isOne();
    assertThat(variables.of(ADA, "mail").join()).isEqualTo(Map.of("TOKEN", "one"));
    assertThat(variables.of(BOB, "mail").join()).isEqualTo(Map.of("TOKEN", "two"));
  }
}
