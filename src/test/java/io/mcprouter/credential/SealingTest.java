package io.mcprouter.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;

/** Threat 26: what is in the database is of no use without the master key, or in another place. */
class SealingTest {
  private static final SealedField PLACE = new SealedField("t", "acme", "ada", "mail", "TOKEN");
  private static final byte[] SECRET = "canary-value".getBytes(UTF_8);

  static List<SealedField> otherPlaces() {
    return List.of(
        new SealedField("other", "acme", "ada", "mail", "TOKEN"),
        new SealedField("t", "evil", "ada", "mail", "TOKEN"),
        new SealedField("t", "acme", "bob", "mail", "TOKEN"),
        new SealedField("t", "acme", "ada", "files", "TOKEN"),
        new SealedField("t", "acme", "ada", "mail", "OTHER"),
        new SealedField("t", "acme", "adam", "ail", "TOKEN"),
        new SealedField("t", "", "acmeada", "mail", "TOKEN"));
  }

  @ParameterizedTest
  @MethodSource("otherPlaces")
  void no_two_places_have_the_same_associated_data(SealedField other) {
    assertThat(other.associatedData()).isNotEqualTo(PLACE.associatedData());
  }

  @StoreTest
  void a_value_opens_in_its_own_place_and_in_no_other(StoreUnderTest db) {
    Sealing sealing = db.sealing();
    byte[] sealed = sealing.seal(SECRET, PLACE);

    assertThat(new String(sealed, UTF_8)).doesNotContain("canary");
    assertThat(sealing.unseal(sealed, PLACE)).isEqualTo(SECRET);
    assertThat(otherPlaces())
        .allSatisfy(
            other ->
                assertThatExceptionOfType(Sealing.UnsealableException.class)
                    .isThrownBy(() -> sealing.unseal(sealed, other))
                    .withMessageContaining("another place"));
  }

  @StoreTest
  void what_is_sealed_says_which_key_it_needs(StoreUnderTest db) {
    Sealing sealing = db.sealing();

    assertThat(Sealing.keyId(sealing.seal(SECRET, PLACE))).isEqualTo(sealing.primaryKeyId());
    assertThatThrownBy(() -> sealing.unseal(new byte[3], PLACE))
        .isInstanceOf(Sealing.UnsealableException.class);
  }

  @StoreTest
  void of_nodes_that_start_at_once_the_first_key_wins(StoreUnderTest db) throws Exception {
    int nodes = 6;
    List<Store> stores = IntStream.range(0, nodes).mapToObj(at -> db.openAnother()).toList();
    CountDownLatch together = new CountDownLatch(nodes);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Sealing>> starts =
          stores.stream()
              .map(
                  store ->
                      threads.submit(
                          () -> {
                            together.countDown();
                            together.await();
                            return Sealing.open(store, db.masterKey(), Clock.systemUTC());
                          }))
              .toList();
      Sealing first = starts.getFirst().get();
      byte[] sealed = first.seal(SECRET, PLACE);
      for (Future<Sealing> start : starts) {
        assertThat(start.get().unseal(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(start.get().primaryKeyId()).isEqualTo(first.primaryKeyId());
      }
    }
  }

  @StoreTest
  void after_a_rotation_old_values_open_and_other_nodes_take_the_new_key_over(StoreUnderTest db) {
    Sealing here = db.sealing();
    Sealing there = Sealing.open(db.openAnother(), db.masterKey(), Clock.systemUTC());
    byte[] old = here.seal(SECRET, PLACE);

    long newKey = here.rotate();
    byte[] fresh = here.seal(SECRET, PLACE);

    assertThat(Sealing.keyId(fresh)).isEqualTo(newKey).isNotEqualTo(Sealing.keyId(old));
    assertThat(here.unseal(old, PLACE)).isEqualTo(SECRET);
    assertThat(there.primaryKeyId()).isNotEqualTo(newKey);
    assertThat(there.unseal(fresh, PLACE)).isEqualTo(SECRET);
    assertThat(there.primaryKeyId()).isEqualTo(newKey);
  }

  @StoreTest
  void keys_that_never_were_are_looked_for_once_a_second(StoreUnderTest db) {
    SettableClock clock = new SettableClock();
    Sealing sealing = Sealing.open(db.store(), db.masterKey(), clock);
    byte[] forged = sealing.seal("value".getBytes(UTF_8), PLACE);
    forged[1] ^= 1;
    assertUnsealable(sealing, forged);

    db.store().jdbc().sql("ALTER TABLE keysets RENAME TO away").update();
    assertUnsealable(sealing, forged);
    clock.advance(Duration.ofSeconds(1));
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> sealing.unseal(forged, PLACE));
  }

  private static void assertUnsealable(Sealing sealing, byte[] sealed) {
    assertThatExceptionOfType(Sealing.UnsealableException.class)
        .isThrownBy(() -> sealing.unseal(sealed, PLACE));
  }

  @StoreTest
  void rotations_of_two_nodes_lose_no_key(StoreUnderTest db) {
    Sealing here = db.sealing();
    Sealing there = Sealing.open(db.openAnother(), db.masterKey(), Clock.systemUTC());

    long one = here.rotate();
    long two = there.rotate();

    assertThat(there.keyIds()).hasSize(3).contains(one, two);
  }

  @StoreTest
  void another_master_key_opens_nothing(StoreUnderTest db) {
    db.sealing();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Sealing.open(db.store(), StoreUnderTest.randomKey(), Clock.systemUTC()))
        .withMessageContaining("is not the one that this store was made with");
  }

  @StoreTest
  void with_a_new_master_key_the_same_secrets_open(StoreUnderTest db) {
    Sealing sealing = db.sealing();
    byte[] sealed = sealing.seal(SECRET, PLACE);
    MasterKey next = StoreUnderTest.randomKey();

    sealing.rewrap(next);

    assertThat(sealing.unseal(sealed, PLACE)).isEqualTo(SECRET);
    assertThat(Sealing.open(db.store(), next, Clock.systemUTC()).unseal(sealed, PLACE))
        .isEqualTo(SECRET);
    assertThatExceptionOfType(StoreException.class).isThrownBy(db::sealing);
  }

  @Test
  void nothing_that_holds_a_key_shows_it() {
    assertThat(StoreUnderTest.randomKey().toString()).isEqualTo("MasterKey[the test]");
  }
}
