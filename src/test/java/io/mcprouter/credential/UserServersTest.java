package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Users' own servers as they are stored: sealed, bounded, each in its user's place alone. */
class UserServersTest {
  private static final Owner ADA = new Owner("", "ada");
  private static final Owner BOB = new Owner("", "bob");
  private static final Owner ADA_OF_ACME = new Owner("acme", "ada");
  private static final String ENTRY = "{\"url\":\"https://canary.example.com\"}";

  private static UserServers on(StoreUnderTest db) {
    Invalidations invalidations = db.closing(Invalidations.open(db.store(), Clock.systemUTC()));
    return new UserServers(db.store(), db.sealing(), invalidations, Clock.systemUTC());
  }

  private static List<String> names(UserServers servers, Owner owner) {
    return servers.of(owner).stream().map(UserServers.Entry::name).toList();
  }

  @StoreTest
  void a_server_is_its_owners_alone_and_sealed(StoreUnderTest db) {
    UserServers servers = on(db);
    assertThat(servers.save(ADA, "mail", ENTRY, 10)).isTrue();
    assertThat(servers.of(ADA)).extracting(UserServers.Entry::json).containsExactly(ENTRY);
    assertThat(servers.of(BOB)).isEmpty();
    assertThat(servers.of(ADA_OF_ACME)).isEmpty();
    byte[] sealed =
        db.store().jdbc().sql("SELECT sealed FROM user_servers").query(byte[].class).single();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("canary");
    assertThat(servers.delete(BOB, "mail")).isFalse();
    assertThat(servers.delete(ADA, "mail")).isTrue();
    assertThat(servers.of(ADA)).isEmpty();
  }

  @StoreTest
  void an_entry_that_was_moved_to_another_place_is_not_opened(StoreUnderTest db) {
    UserServers servers = on(db);
    servers.save(ADA, "mail", ENTRY, 10);
    db.store().jdbc().sql("UPDATE user_servers SET user_id = 'bob'").update();
    assertThat(servers.of(BOB)).extracting(UserServers.Entry::json).containsOnlyNulls();
  }

  @StoreTest
  void the_bound_holds_for_those_who_write_at_once_and_replacing_is_no_adding(StoreUnderTest db)
      throws Exception {
    UserServers servers = on(db);
    List<Callable<Boolean>> writers = new ArrayList<>();
    IntStream.range(0, 8)
        .forEach(number -> writers.add(() -> servers.save(ADA, "s" + number, ENTRY, 3)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int saved = 0;
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        saved += writer.get() ? 1 : 0;
      }
      assertThat(saved).isEqualTo(3);
    }
    List<String> names = names(servers, ADA);
    assertThat(names).hasSize(3);
    assertThat(servers.save(ADA, names.getFirst(), "{}", 2)).isTrue();
    assertThat(names(servers, ADA)).isEqualTo(names);
  }

  @StoreTest
  void entries_are_sealed_again_with_a_new_key(StoreUnderTest db) {
    UserServers servers = on(db);
    servers.save(ADA, "mail", ENTRY, 10);
    List<SealedField> places = servers.rows().notSealedWith(-1);
    assertThat(places).containsExactly(new SealedField("user_servers", "", "ada", "mail", "entry"));
    servers.rows().reseal(places.getFirst());
    assertThat(servers.of(ADA)).extracting(UserServers.Entry::json).containsExactly(ENTRY);
  }

  @StoreTest
  void other_nodes_are_told(StoreUnderTest db) {
    List<Invalidation> told = new CopyOnWriteArrayList<>();
    Invalidations there = db.closing(Invalidations.open(db.openAnother(), Clock.systemUTC()));
    there.onChange(
        new Invalidations.Listener() {
          @Override
          public void changed(Invalidation change) {
            told.add(change);
          }

          @Override
          public void lostTrack() {}
        });
    on(db).save(ADA, "mail", ENTRY, 10);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .contains(new Invalidation(Invalidation.Kind.USER_SERVERS, ADA, "mail")));
  }
}
