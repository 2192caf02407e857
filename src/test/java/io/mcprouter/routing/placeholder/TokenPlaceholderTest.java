package io.mcprouter.routing.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import io.mcprouter.routing.placeholder.PlaceholderException.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's token stands where the entry and the administrator both say so, and nowhere else. */
class TokenPlaceholderTest {
  private static final Instant LATER =
      Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
  private static final String TEXT = "Bearer {{LIBRECHAT_OPENID_ACCESS_TOKEN}}";

  private static Caller caller(Caller.Source source, @Nullable PresentedToken token) {
    Map<String, String> fields =
        Map.of("openidId", "sub-1", "email", "ada@example.org", "name", "Ada");
    return new Caller("", "ada", fields, Set.of(), Set.of(), source, token);
  }

  private static Caller allowed() {
    return caller(Caller.Source.JWT, new PresentedToken("t0k3n", LATER, true));
  }

  private static Template compile(String path, String text, Kind kind) {
    return new TemplateCompiler("server", Set.of(), name -> null).compile(path, text, kind);
  }

  private static String header(String text, Caller caller) {
    return compile("headers.X", text, Kind.HEADER).resolve(caller, Map.of());
  }

  @Test
  void a_token_that_servers_may_see_stands_in_its_place() {
    assertThat(header(TEXT, allowed())).isEqualTo("Bearer t0k3n");
    assertThat(header("{{LIBRECHAT_OPENID_TOKEN}}", allowed())).isEqualTo("t0k3n");
    assertThat(
            compile("env.TOKEN", "{{LIBRECHAT_OPENID_TOKEN}}", Kind.ENV)
                .resolve(allowed(), Map.of()))
        .isEqualTo("t0k3n");
  }

  @ParameterizedTest
  @CsvSource({"USER_ID, sub-1", "USER_EMAIL, ada@example.org", "USER_NAME, Ada"})
  void what_the_token_says_of_its_user_is_known_too(String field, String value) {
    assertThat(header("{{LIBRECHAT_OPENID_" + field + "}}", allowed())).isEqualTo(value);
  }

  @Test
  void its_end_is_told_in_seconds() {
    assertThat(header("{{LIBRECHAT_OPENID_EXPIRES_AT}}", allowed()))
        .isEqualTo(Long.toString(LATER.getEpochSecond()));
  }

  @Test
  void without_the_administrators_word_no_server_sees_it() {
    assertRefused(
        caller(Caller.Source.JWT, new PresentedToken("t0k3n", LATER, false)), "forward-token");
    assertRefused(caller(Caller.Source.JWT, new PresentedToken("t0k3n")), "forward-token");
  }

  @Test
  void a_caller_who_came_without_a_token_is_told_so() {
    assertRefused(caller(Caller.Source.API_KEY, null), "came without one");
    assertRefused(
        caller(Caller.Source.PROXY, new PresentedToken("t0k3n", LATER, true)), "came without one");
  }

  @Test
  void a_token_that_has_ended_is_sent_nowhere() {
    assertRefused(
        caller(Caller.Source.JWT, new PresentedToken("t0k3n", Instant.now(), true)), "expired");
  }

  private static void assertRefused(Caller caller, String why) {
    assertThatThrownBy(() -> header(TEXT, caller))
        .isInstanceOfSatisfying(
            PlaceholderException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_TOKEN))
        .hasMessageContaining("headers.X", "{{LIBRECHAT_OPENID_ACCESS_TOKEN}}")
        .hasMessageContaining(why)
        .hasMessageNotContaining("t0k3n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"url", "args[0]", "oauth_headers.X", "oauth.client_secret", "router.oauth.scope"})
  void a_token_has_no_place_beyond_headers_and_env(String path) {
    assertThatThrownBy(() -> compile(path, TEXT, Kind.PLAIN))
        .isInstanceOfSatisfying(
            PlaceholderException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_TEMPLATE))
        .hasMessageContaining("headers and env");
  }
}
