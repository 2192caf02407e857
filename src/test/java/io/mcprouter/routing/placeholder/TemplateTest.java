package io.mcprouter.routing.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcprouter.config.Environment;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.placeholder.PlaceholderException.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Environment ENVIRONMENT =
      Map.of(
              "A", "one",
              "B", "two",
              "HOST", "https://example.org:8443",
              "NESTED", "${A}{{LIBRECHAT_USER_EMAIL}}{{KEY}}",
              "LINES", "one\ntwo",
              "JAPANESE", "日本",
              "EMPTY", "",
              "MCP_ROUTER_MASTER_KEY", "secret")
          ::get;
  private static final Set<String> DECLARED = Set.of("KEY", "OTHER");
  private static final Caller ANNA =
      new Caller(
          "u-1", Map.of("name", "Anna", "email", "anna@example.org", "emailVerified", "true"));

  /** Values that mean something to one scanner or another, and nothing here. */
  static final String[] HARMLESS = {
    "${HOME}",
    "${A}",
    "{{LIBRECHAT_USER_EMAIL}}",
    "{{OTHER}}",
    "{{KEY}}",
    "$1",
    "$&",
    "$$",
    "\\",
    "\\\\1",
    "pa$$word",
    "%2e%2e/",
    "; id",
    "$(id)",
    "--exec=x",
    "a b",
    "é",
    "}}",
    "{{",
    "${"
  };

  private static Template compile(String text, Kind kind) {
    return new TemplateCompiler("server", DECLARED, ENVIRONMENT).compile("place", text, kind);
  }

  private static String resolve(String text, Kind kind, String key) {
    return compile(text, kind).resolve(ANNA, Map.of("KEY", key, "OTHER", "other"));
  }

  private static PlaceholderException failure(String text, Kind kind, String key) {
    PlaceholderException failure =
        catchThrowableOfType(PlaceholderException.class, () -> resolve(text, kind, key));
    assertThat(failure).as("a failure of %s", text).isNotNull();
    return failure;
  }

  @Nested
  class InOnePass {
    static Stream<String> harmless() {
      return Stream.of(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void a_value_comes_out_as_it_is(String value) {
      assertThat(resolve("<{{KEY}}|{{OTHER}}>", Kind.HEADER, value))
          .isEqualTo("<" + value + "|other>");
      assertThat(resolve("<{{KEY}}>", Kind.ENV, value)).isEqualTo("<" + value + ">");
      assertThat(resolve("<{{KEY}}>", Kind.PLAIN, value)).isEqualTo("<" + value + ">");
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void a_user_field_comes_out_as_it_is(String value) {
      Caller caller = new Caller("u", Map.of("name", value));
      assertThat(compile("{{LIBRECHAT_USER_NAME}}", Kind.ENV).resolve(caller, Map.of()))
          .isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void a_value_in_a_url_can_be_read_back_and_stays_in_its_place(String value) {
      URI url = URI.create(resolve("https://x.example/a/{{KEY}}/b?q={{KEY}}", Kind.URL, value));
      String segment = url.getRawPath().split("/", -1)[2];
      assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(value);
      assertThat(url.getRawPath().split("/", -1)).hasSize(4);
      assertThat(url.getRawQuery()).isEqualTo("q=" + segment);
      assertThat(url.getHost()).isEqualTo("x.example");
    }

    @Test
    void random_values_come_out_as_they_are() {
      Random random = new Random(7);
      String alphabet = "${}ABKEYLIBRECHAT_USER_ID\\%&=/?#.-é \"'";
      for (int round = 0; round < 2000; round++) {
        String value =
            random
                .ints(12, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .reduce("x", String::concat);
        assertThat(resolve("{{KEY}}${A}{{KEY}}", Kind.HEADER, value))
            .isEqualTo(value + "one" + value);
      }
    }

    @Test
    void a_variable_of_the_environment_is_not_scanned_again() {
      assertThat(resolve("${NESTED}", Kind.HEADER, "key"))
          .isEqualTo("${A}{{LIBRECHAT_USER_EMAIL}}{{KEY}}");
    }
  }

  @Nested
  class OfTheEnvironment {
    @ParameterizedTest
    @CsvSource({"${A}-${B}, one-two", "${A}${B}, onetwo", "x-${A}, x-one", "$A ${A, $A ${A"})
    void every_variable_is_expanded(String text, String expected) {
      Template template = compile(text, Kind.HEADER);
      assertThat(template.needsUser()).isFalse();
      assertThat(template.resolve(Caller.APPLICATION, Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNSET", "EMPTY"})
    void an_unset_variable_is_an_error_that_names_server_place_and_variable(String name) {
      assertThatThrownBy(() -> compile("Bearer ${" + name + "}", Kind.HEADER))
          .isInstanceOfSatisfying(
              PlaceholderException.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.ENVIRONMENT_NOT_SET);
                assertThat(failure.reference()).isEqualTo(name);
              })
          .hasMessageContainingAll("server 'server'", "place", name);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "MCP_ROUTER_MASTER_KEY",
          "SPRING_DATASOURCE_PASSWORD",
          "SPRING_SSL_BUNDLE_PEM_PORT_KEYSTORE_PRIVATE_KEY_PASSWORD",
          "SERVER_SSL_KEY_STORE_PASSWORD",
          "MANAGEMENT_SERVER_SSL_KEY_STORE_PASSWORD",
          "mcp_router_master_key",
          "JWT_SECRET",
          "JWT_REFRESH_SECRET",
          "CREDS_KEY",
          "CREDS_IV",
          "MEILI_MASTER_KEY",
          "MONGO_URI",
          "REDIS_URI",
          "REDIS_PASSWORD"
        })
    void a_secret_of_the_router_is_never_expanded(String name) {
      assertThatThrownBy(() -> compile("${" + name + "}", Kind.HEADER))
          .isInstanceOf(PlaceholderException.class)
          .hasMessageContaining("is a secret of the router");
    }

    @Test
    void a_line_break_cannot_come_into_a_header_but_into_a_child() {
      assertThatThrownBy(() -> compile("${LINES}", Kind.HEADER))
          .isInstanceOf(PlaceholderException.class)
          .hasMessageContaining("${LINES}")
          .hasMessageNotContaining("two");
      assertThat(compile("${LINES}", Kind.ENV).resolve(ANNA, Map.of())).isEqualTo("one\ntwo");
    }

    @Test
    void the_administrator_may_choose_the_host() {
      assertThat(resolve("${HOST}/{{KEY}}", Kind.URL, "a/b"))
          .isEqualTo("https://example.org:8443/a%2Fb");
    }
  }

  @Nested
  class OfTheUser {
    @Test
    void fields_are_the_callers_and_missing_ones_are_empty() {
      String text =
          "{{LIBRECHAT_USER_ID}},{{LIBRECHAT_USER_EMAILVERIFIED}},{{LIBRECHAT_USER_ROLE}}";
      assertThat(resolve(text, Kind.HEADER, "k")).isEqualTo("u-1,true,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void a_missing_or_blank_variable_is_an_error_that_names_it(String value) {
      PlaceholderException failure = failure("{{KEY}}", Kind.HEADER, value);
      assertThat(failure.reason()).isEqualTo(Reason.VARIABLE_MISSING);
      assertThat(failure.reference()).isEqualTo("KEY");
      Template template = compile("{{KEY}}", Kind.HEADER);
      assertThat(template.needsVariables()).containsExactly("KEY");
      assertThatThrownBy(() -> template.resolve(ANNA, Map.of()))
          .isInstanceOf(PlaceholderException.class)
          .hasMessageContaining("KEY");
    }

    @Test
    void a_stored_variable_never_takes_the_place_of_an_identity() {
      Map<String, String> stored = Map.of("LIBRECHAT_USER_EMAIL", "boss@example.org");
      assertThat(compile("{{LIBRECHAT_USER_EMAIL}}", Kind.HEADER).resolve(ANNA, stored))
          .isEqualTo("anna@example.org");
    }

    @Test
    void nothing_is_sent_of_a_user_where_nobody_calls() {
      assertThatThrownBy(
              () ->
                  compile("{{LIBRECHAT_USER_ID}}", Kind.HEADER)
                      .resolve(Caller.APPLICATION, Map.of()))
          .isInstanceOfSatisfying(
              PlaceholderException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.NO_USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{UNDECLARED}}", "{{LIBRECHAT_USER_PASSWORD}}", "{{ KEY }}"})
    void what_is_no_placeholder_of_this_server_is_an_error(String text) {
      assertThat(failure(text, Kind.HEADER, "k").reason()).isEqualTo(Reason.WRONG_TEMPLATE);
    }

    @ParameterizedTest
    @EnumSource(
        value = Kind.class,
        names = {"HEADER", "URL", "ARG", "PLAIN", "ENV"})
    void no_nul_passes_anywhere_and_no_message_shows_the_value(Kind kind) {
      String text = kind == Kind.URL ? "https://x.example/{{KEY}}" : "{{KEY}}";
      PlaceholderException failure = failure(text, kind, "s3cr3t\0");
      assertThat(failure.reason()).isEqualTo(Reason.UNFIT_VALUE);
      assertThat(failure).hasMessageContaining("{{KEY}}").hasMessageNotContaining("s3cr3t");
    }
  }

  @Nested
  class InHeaders {
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: evil", "a\nb", "a\rb", "\u0000", "\u007f", "\u001b[0m"})
    void control_characters_are_refused(String value) {
      assertThat(failure("{{KEY}}", Kind.HEADER, value).reason()).isEqualTo(Reason.UNFIT_VALUE);
    }

    @Test
    void tabs_and_latin_1_pass() {
      assertThat(resolve("{{KEY}}", Kind.HEADER, "a\té")).isEqualTo("a\té");
    }

    @ParameterizedTest
    @ValueSource(strings = {"日本", "😀", "é€"})
    void a_value_beyond_latin_1_is_written_as_base64(String value) {
      String encoded =
          "b64:" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
      assertThat(resolve("x {{KEY}}", Kind.HEADER, value)).isEqualTo("x " + encoded);
      Caller caller = new Caller("u", Map.of("name", value));
      assertThat(compile("{{LIBRECHAT_USER_NAME}}", Kind.HEADER).resolve(caller, Map.of()))
          .isEqualTo(encoded);
    }

    @Test
    void so_is_one_of_the_environment() {
      assertThat(resolve("${JAPANESE}", Kind.HEADER, "k")).isEqualTo("b64:5pel5pys");
    }
  }

  @Nested
  class InUrls {
    @ParameterizedTest
    @CsvSource({
      "a/b?c#d&e=f, a%2Fb%3Fc%23d%26e%3Df",
      "a b+c, a%20b%2Bc",
      "%2e%2e/, %252e%252e%2F",
      "é😀, %C3%A9%F0%9F%98%80",
      "a-b._~Z9, a-b._~Z9",
      "@host:80, %40host%3A80"
    })
    void values_are_percent_encoded(String value, String encoded) {
      assertThat(resolve("https://x.example/u/{{KEY}}/m?k={{KEY}}#{{KEY}}", Kind.URL, value))
          .isEqualTo("https://x.example/u/%1$s/m?k=%1$s#%1$s".formatted(encoded));
    }

    @ParameterizedTest
    @CsvSource({
      "https://x.example/a/{{KEY}}/b, .",
      "https://x.example/a/{{KEY}}/b, ..",
      "https://x.example/a/{{KEY}}, ..",
      "https://x.example/a/.{{KEY}}/b, .",
      "https://x.example/a/%2e{{KEY}}?x, ."
    })
    void a_value_never_walks_upwards(String text, String value) {
      assertThat(failure(text, Kind.URL, value)).hasMessageContaining("'.' or '..'");
    }

    @Test
    void dots_that_do_not_walk_pass() {
      assertThat(resolve("https://x.example/{{KEY}}?v={{KEY}}", Kind.URL, "..."))
          .isEqualTo("https://x.example/...?v=...");
      assertThat(resolve("https://x.example/a?v={{KEY}}", Kind.URL, ".."))
          .isEqualTo("https://x.example/a?v=..");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{{KEY}}",
          "{{KEY}}://x.example/",
          "https://{{KEY}}/",
          "https://{{LIBRECHAT_USER_ID}}.example/",
          "https://x.example{{KEY}}",
          "https://x.example:{{KEY}}/",
          "https://{{KEY}}@x.example/",
          "https://u:p@x.example/{{KEY}}",
          "/path/{{KEY}}"
        })
    void a_value_never_chooses_scheme_host_or_port(String text) {
      assertThat(failure(text, Kind.URL, "evil").reason()).isEqualTo(Reason.WRONG_TEMPLATE);
    }
  }

  @Nested
  class InArguments {
    @Test
    void a_variable_is_an_argument_of_its_own() {
      assertThat(resolve("{{KEY}}", Kind.ARG, "; id $(id)")).isEqualTo("; id $(id)");
      assertThat(failure("--key={{KEY}}", Kind.ARG, "x").reason()).isEqualTo(Reason.WRONG_TEMPLATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "--exec=x", "-"})
    void a_value_never_becomes_an_option(String value) {
      assertThat(failure("{{KEY}}", Kind.ARG, value)).hasMessageContaining("option");
      Caller caller = new Caller("u", Map.of("name", value));
      assertThatThrownBy(
              () -> compile("{{LIBRECHAT_USER_NAME}}@x", Kind.ARG).resolve(caller, Map.of()))
          .isInstanceOf(PlaceholderException.class);
      assertThatThrownBy(
              () -> compile("{{LIBRECHAT_USER_ROLE}}-x", Kind.ARG).resolve(ANNA, Map.of()))
          .isInstanceOf(PlaceholderException.class);
    }

    @Test
    void a_field_may_be_part_of_an_argument() {
      assertThat(resolve("--user={{LIBRECHAT_USER_EMAIL}}", Kind.ARG, "k"))
          .isEqualTo("--user=anna@example.org");
    }

    @Test
    void line_breaks_are_refused() {
      assertThat(failure("{{KEY}}", Kind.ARG, "a\nb").reason()).isEqualTo(Reason.UNFIT_VALUE);
    }
  }

  @Test
  void a_template_shows_where_it_stands_and_nothing_of_its_text() {
    assertThat(compile("Bearer secret", Kind.HEADER)).hasToString("Template[server.place, HEADER]");
  }
}
