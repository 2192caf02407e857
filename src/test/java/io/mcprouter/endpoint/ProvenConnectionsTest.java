package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProvenConnectionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicBoolean holds = new AtomicBoolean(true);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ProvenConnections connections = new ProvenConnections(proof -> holds.get());

  private static Proof key(String user) {
    Caller caller = new Caller("", user, Map.of(), Set.of(), Set.of(), Caller.Source.API_KEY, null);
    return new Proof(caller, "the key's id", NOW.plusSeconds(60), 0);
  }

  @Test
  void a_key_that_was_revoked_on_the_way_here_keeps_nothing_open() {
    holds.set(false);
    connections.watch(key("ann"), () -> false, () -> closed.set(true));

    assertThat(closed).isTrue();
  }

  @Test
  void a_revoked_key_ends_what_its_user_opened_with_a_key() {
    Proof proof = key("ann");
    connections.watch(proof, () -> false, () -> closed.set(true));
    connections.keyRevoked(key("bob").caller().key());
    assertThat(closed).isFalse();

    connections.keyRevoked(proof.caller().key());
    assertThat(closed).isTrue();
  }

  @Test
  void what_has_expired_is_ended() {
    connections.watch(key("ann"), () -> false, () -> closed.set(true));
    connections.sweep(NOW.plusSeconds(59));
    assertThat(closed).isFalse();

    connections.sweep(NOW.plusSeconds(60));
    assertThat(closed).isTrue();
  }

  @Test
  void what_ended_by_itself_is_forgotten() {
    connections.watch(key("ann"), () -> true, () -> closed.set(true));
    connections.sweep(NOW.plusSeconds(60));

    assertThat(closed).isFalse();
  }
}
