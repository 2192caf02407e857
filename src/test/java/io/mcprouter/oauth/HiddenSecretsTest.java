package io.mcprouter.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.mcprouter.oauth.TokenAnswer.Granted;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds a secret shows none of it as text: in a log, a message, a debugger's list. */
class HiddenSecretsTest {
  private static final Secret SECRET = new Secret("canary-secret");
  private static final URI SOMEWHERE = URI.create("https://login.example/token");

  static List<Object> holders() throws OAuthFailure {
    Grant.Origin origin =
        new Grant.Origin(
            "hash",
            "https://login.example",
            "https://mcp.example",
            SOMEWHERE,
            null,
            "client",
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return List.of(
        SECRET,
        new Granted(SECRET, SECRET, 60L, List.of()),
        Grant.of(origin, new Granted(SECRET, SECRET, 60L, List.of()), List.of(), 0, Instant.EPOCH),
        Client.withSecret(
            "https://login.example",
            "client",
            Client.Origin.CONFIGURED,
            SECRET,
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC),
        LoginAnswer.of(Map.of("state", List.of("canary-state"), "code", List.of("canary-code"))));
  }

  @ParameterizedTest
  @MethodSource("holders")
  void nothing_secret_is_shown(Object holder) {
    assertThat(holder.toString()).doesNotContain("canary");
  }

  @Test
  void a_secret_is_still_itself() {
    assertThat(SECRET.value()).isEqualTo("canary-secret");
    assertThat(SECRET).isEqualTo(new Secret("canary-secret"));
  }
}
