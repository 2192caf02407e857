package io.mcprouter.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer resource_metadata=\"https://s.example/prm\", scope=\"a b\"",
        "bearer Resource_Metadata = \"https://s.example/prm\" , SCOPE=\"a b\"",
        "Basic realm=\"one, two\", Bearer scope=\"a b\", resource_metadata=\"https://s.example/prm\"",
        "Negotiate YWJj==, BEARER scope=\"a b\",resource_metadata=\"https://s.example/prm\"",
        "Negotiate, Bearer scope=\"a b\",resource_metadata=\"https://s.example/prm\"",
        "Bearer realm=\"say \\\"Bearer scope=\\\"\", scope=\"a b\","
            + " resource_metadata=\"https://s.example/prm\"",
      })
  void is_found_wherever_it_stands(String header) {
    Challenge bearer = Challenge.bearer(header);

    assertThat(bearer).isNotNull();
    assertThat(bearer.resourceMetadata()).isEqualTo("https://s.example/prm");
    assertThat(bearer.scopes()).containsExactly("a", "b");
  }

  @Test
  void two_of_a_kind_are_two() {
    assertThat(Challenge.all("Bearer a=1, Bearer a=2"))
        .extracting(each -> each.parameters().get("a"))
        .containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",,,", "Basic realm=\"x\"", "=\"", "Digest Bearer=\"1\"", "\"Bearer\""})
  void none_is_made_up(String header) {
    assertThat(Challenge.bearer(header)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer scope=\"a", "Bearer scope=\"a\\", "Bearer scope=a;;;", "Bearer"})
  void what_breaks_off_does_no_harm(String header) {
    assertThat(Challenge.bearer(header)).isNotNull();
  }

  @Test
  void more_scope_is_asked_for_by_its_error_only() {
    assertThat(new Challenge("bearer", Map.of("error", "INSUFFICIENT_SCOPE")).wantsMoreScope())
        .isTrue();
    assertThat(Challenge.NONE.wantsMoreScope()).isFalse();
    assertThat(Challenge.NONE.scopes()).isEqualTo(List.of());
  }
}
