package io.mcprouter.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.identity.CredentialCheck;
import io.mcprouter.integration.message.Senders;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens of messages are those of clients, for the router as a whole. */
class MessageSendersTest {
  private static final Caller ANN = new Caller("ann", Map.of());

  private static Senders taking(boolean forRouter) {
    CredentialCheck check =
        token -> new CredentialCheck.Checked(ANN, "", Set.of(), forRouter, Instant.MAX);
    return new MessageSenders(Map.of(), check, Duration.ofDays(7));
  }

  @Test
  void a_token_for_the_router_says_who_calls() throws Exception {
    assertThat(taking(true).caller("token")).isEqualTo(ANN);
  }

  @Test
  void a_token_for_one_of_its_servers_or_without_an_issuer_does_not() {
    assertThatThrownBy(() -> taking(false).caller("token"))
        .isInstanceOf(Senders.RefusedToken.class)
        .hasMessageContaining("audience");
    Senders none = new MessageSenders(Map.of(), null, Duration.ofDays(7));
    assertThatThrownBy(() -> none.caller("token")).isInstanceOf(Senders.RefusedToken.class);
  }
}
