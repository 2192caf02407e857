package io.mcprouter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.identity.CredentialCheck.Checked;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One credential for each request, remembered for a minute, forgotten when it is revoked. */
class AuthenticatedCallersTest {
  private static final String KEY = "mcr_1_secret";
  private final AtomicInteger checks = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final Ticker ticker = nanos::get;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private Runnable meanwhile = () -> {};
  private final AuthenticatedCallers callers =
      new AuthenticatedCallers(null, this::check, null, () -> now, ticker);

  private Checked check(String key) throws Refused {
    checks.incrementAndGet();
    meanwhile.run();
    if (!key.equals(KEY)) {
      throw new Refused(Reason.INVALID, "There is no such key.");
    }
    Caller alice =
        new Caller("", "alice", Map.of(), Set.of(), Set.of(), Caller.Source.API_KEY, null);
    return Checked.key(alice, "1", now.plusSeconds(3600));
  }

  @Test
  void a_key_is_taken_in_either_header() throws Refused {
    assertThat(callers.prove(Requests.bearer(KEY)).caller().id()).isEqualTo("alice");
    assertThat(callers.prove(Requests.none().with("X-API-Key", KEY)).caller().id())
        .isEqualTo("alice");
    assertThat(checks).hasValue(1);
  }

  @Test
  void a_request_without_a_credential_is_nobodys() {
    assertRefused(Requests.none(), Reason.NO_CREDENTIAL);
    assertRefused(Requests.none().with("Authorization", "Basic YTpi"), Reason.NO_CREDENTIAL);
  }

  @Test
  void two_credentials_are_one_too_many() {
    assertRefused(Requests.bearer(KEY).with("X-API-Key", KEY), Reason.MALFORMED);
    assertRefused(Requests.bearer(KEY).with("Authorization", "Bearer other"), Reason.MALFORMED);
    assertRefused(Requests.bearer(""), Reason.MALFORMED);
    assertRefused(Requests.bearer("a b"), Reason.MALFORMED);
  }

  @Test
  void headers_of_local_mode_mean_nothing() {
    assertRefused(Requests.none().with("X-MCP-User-Id", "alice"), Reason.NO_CREDENTIAL);
  }

  @Test
  void a_wrong_key_is_not_asked_for_again_and_again() {
    assertRefused(Requests.bearer("mcr_1_wrong"), Reason.INVALID);
    assertRefused(Requests.bearer("mcr_1_wrong"), Reason.INVALID);
    assertThat(checks).hasValue(1);
  }

  @Test
  void a_credential_is_looked_at_again_after_a_minute() throws Refused {
    callers.prove(Requests.bearer(KEY));
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(callers.known(Requests.bearer(KEY))).isNull();
  }

  @Test
  void a_revoked_key_is_forgotten_at_once() throws Refused {
    callers.prove(Requests.bearer(KEY));
    callers.keyRevoked("alice");
    assertThat(callers.known(Requests.bearer(KEY))).isNull();
  }

  @Test
  void what_a_key_proved_holds_until_a_key_is_revoked() throws Refused {
    Proof proof = callers.prove(Requests.bearer(KEY));
    assertThat(callers.holds(proof)).isTrue();

    callers.keyRevoked(proof.caller().key());
    assertThat(callers.holds(proof)).isFalse();
  }

  @Test
  void a_key_that_is_revoked_while_it_is_checked_is_not_remembered() throws Refused {
    meanwhile = () -> callers.keyRevoked("alice");
    callers.prove(Requests.bearer(KEY));
    assertThat(callers.known(Requests.bearer(KEY))).isNull();
  }

  @Test
  void a_known_credential_ends_when_it_expires() throws Refused {
    callers.prove(Requests.bearer(KEY));
    now = now.plusSeconds(3600);
    assertRefused(Requests.bearer(KEY), Reason.INVALID);
  }

  @Test
  void a_token_is_refused_where_only_keys_are_taken() {
    assertRefused(Requests.bearer("ey.ey.ey"), Reason.INVALID);
  }

  private void assertRefused(Requests request, Reason reason) {
    assertThatThrownBy(() -> callers.prove(request))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
