package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcprouter.credential.KeyCheck.Reason;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** API keys: only a hash is kept, and each key ends when it should. */
class ApiKeysTest {
  private static final Owner ADA = new Owner("acme", "ada");
  private final SettableClock clock = new SettableClock();
  private final List<Invalidation> news = new ArrayList<>();

  private ApiKeys on(StoreUnderTest db) {
    Invalidations invalidations = db.closing(Invalidations.open(db.store(), clock));
    invalidations.onChange(
        new Invalidations.Listener() {
          @Override
          public void changed(Invalidation change) {
            news.add(change);
          }

          @Override
          public void lostTrack() {}
        });
    return new ApiKeys(db.store(), invalidations, clock);
  }

  private static NewKey until(Instant end) {
    return new NewKey(
        ADA, Map.of("email", "ada@example.com"), "laptop", Set.of("dev"), Set.of("tools"), end);
  }

  @StoreTest
  void a_key_says_who_calls(StoreUnderTest db) {
    ApiKeys keys = on(db);
    String text = keys.create(until(null)).text();

    assertThat(text).matches("mcr_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
    assertThat(keys.find(text))
        .isInstanceOfSatisfying(
            KeyCheck.Valid.class,
            valid ->
                assertThat(valid.key().caller())
                    .isEqualTo(
                        new Caller(
                            "acme",
                            "ada",
                            Map.of("email", "ada@example.com"),
                            Set.of("dev"),
                            Set.of("tools"),
                            Caller.Source.API_KEY,
                            null)));
  }

  @StoreTest
  void the_database_holds_the_hash_alone(StoreUnderTest db) throws Exception {
    String text = on(db).create(until(null)).text();
    String secret = text.substring("mcr_0123456789abcdef_".length());

    Map<String, Object> row = db.store().jdbc().sql("SELECT * FROM api_keys").query().singleRow();

    assertThat((byte[]) row.get("secret_sha256"))
        .isEqualTo(
            MessageDigest.getInstance("SHA-256")
                .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    assertThat(row.values().toString()).doesNotContain(secret);
  }

  @StoreTest
  void what_is_not_exactly_a_key_opens_nothing(StoreUnderTest db) {
    ApiKeys keys = on(db);
    String text = keys.create(until(null)).text();
    String other = keys.create(until(null)).text();
    int secretAt = "mcr_0123456789abcdef_".length();

    assertThat(keys.find("")).isEqualTo(new KeyCheck.Refused(Reason.NO_KEY));
    assertThat(keys.find(text + "x")).isEqualTo(new KeyCheck.Refused(Reason.NO_KEY));
    assertThat(keys.find(text.substring(0, secretAt) + other.substring(secretAt)))
        .isEqualTo(new KeyCheck.Refused(Reason.UNKNOWN));
    assertThat(keys.find("mcr_0000000000000000_" + text.substring(secretAt)))
        .isEqualTo(new KeyCheck.Refused(Reason.UNKNOWN));
  }

  @StoreTest
  void a_key_ends_at_its_time(StoreUnderTest db) {
    ApiKeys keys = on(db);
    String text = keys.create(until(clock.instant().plusSeconds(60))).text();

    clock.advance(Duration.ofSeconds(59));
    assertThat(keys.find(text)).isInstanceOf(KeyCheck.Valid.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(keys.find(text)).isEqualTo(new KeyCheck.Refused(Reason.EXPIRED));
  }

  @StoreTest
  void a_revoked_key_opens_nothing_and_everybody_is_told(StoreUnderTest db) {
    ApiKeys keys = on(db);
    ApiKeys.Created created = keys.create(until(null));
    String id = created.key().id();

    assertThat(keys.revoke(new Owner("acme", "bob"), id)).as("somebody else's").isFalse();
    assertThat(news).isEmpty();
    assertThat(keys.revoke(ADA, id)).isTrue();

    assertThat(keys.find(created.text())).isEqualTo(new KeyCheck.Refused(Reason.REVOKED));
    assertThat(news).containsExactly(new Invalidation(Invalidation.Kind.API_KEYS, ADA, ""));
    assertThat(keys.revoke(id)).as("again").isFalse();
    assertThat(keys.revoke("nothing")).isFalse();
  }

  @StoreTest
  void uses_are_written_down_later(StoreUnderTest db) {
    ApiKeys keys = on(db);
    ApiKeys.Created created = keys.create(until(null));
    clock.advance(Duration.ofMinutes(5));
    keys.find(created.text());
    assertThat(keys.list().getFirst().lastUsedAt()).isNull();

    keys.writeUses();

    assertThat(keys.list(ADA).getFirst().lastUsedAt()).isEqualTo(clock.instant());
    assertThat(keys.list(new Owner("", "ada"))).isEmpty();
  }

  @Test
  void nothing_shows_a_key_or_its_owner() {
    assertThat(KeyText.fresh().toString()).matches("KeyText\\[[0-9a-f]{16}]");
    assertThat(until(null).toString()).isEqualTo("NewKey[laptop]");
    assertThat(ADA.toString()).doesNotContain("ada");
    assertThatIllegalArgumentException().isThrownBy(() -> new Owner("", ""));
  }
}
