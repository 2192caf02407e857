package io.mcprouter.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Everything of a user is kept under their key, and nothing of them is shown. */
class CallerTest {
  private static Caller caller(String tenant, String id) {
    return new Caller(
        tenant,
        id,
        Map.of("email", "ada@example.com"),
        Set.of(),
        Set.of(),
        Caller.Source.JWT,
        new PresentedToken("canary-token", Instant.MAX, true));
  }

  @Test
  void the_same_id_of_another_tenant_is_another_user() {
    assertThat(List.of("", "a", "b"))
        .extracting(tenant -> caller(tenant, "ada").key())
        .doesNotHaveDuplicates();
  }

  @Test
  void no_two_users_have_keys_that_look_alike_when_joined() {
    assertThat(caller("a", "da").key()).isNotEqualTo(caller("ad", "a").key());
    assertThat(caller("a", "da").key()).isNotEqualTo(caller("", "ada").key());
    assertThatIllegalArgumentException().isThrownBy(() -> caller("a\0d", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> caller("", "a\0da"));
  }

  @Test
  void as_text_it_names_nobody() {
    assertThat(caller("acme", "ada").toString())
        .doesNotContain("ada", "acme", "example.com", "canary");
    assertThat(new PresentedToken("canary-token", Instant.MAX, true).toString())
        .doesNotContain("canary");
  }
}
