package io.mcprouter.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.identity.Callers.Refused;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What proves callers shows nothing of itself as text. */
class CredentialTest {
  @Test
  void nothing_secret_is_shown() throws Refused {
    Credential credential = Credential.of(Requests.bearer("canary-token"));
    assertThat(credential.text()).isEqualTo("canary-token");
    assertThat(credential.toString()).doesNotContain("canary");
    TrustedProxy proxy =
        new TrustedProxy("canary-secret", "X-Secret", null, List.of(), UserHeaders.DEFAULT);
    assertThat(proxy.toString()).doesNotContain("canary");
    assertThat(new OpenIdLogin.Client("router", "canary-secret", Set.of()).toString())
        .doesNotContain("canary");
  }
}
