package io.mcprouter.oauth.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import io.mcprouter.testkit.auth.WellKnown;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route behind the step gets what has a good token, and nothing else, whatever happens. */
class OAuthBearerTokenProcessorTest {
  private final Map<String, String> keys = new HashMap<>();
  private ScriptedAuthorizationServer issuer;

  @BeforeEach
  void start() {
    issuer = ScriptedAuthorizationServer.start("/realm");
    keys.put("camel.oauth.base-uri", issuer.issuer());
    keys.put("camel.oauth.expected-audience", "tickets, bookings");
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private RouteUnderTest route() throws Exception {
    return new RouteUnderTest("OAuthBearerTokenProcessor", "", keys).start();
  }

  private static Exchange send(RouteUnderTest route, String token) {
    return route.send(Map.of("Authorization", "Bearer " + token));
  }

  private static void assertRefused(Exchange exchange, int status, String challenge) {
    assertThat(RouteUnderTest.passed(exchange)).isFalse();
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(status);
    assertThat(exchange.getMessage().getHeader("WWW-Authenticate", "", String.class))
        .isEqualTo(challenge);
    assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
    assertThat(exchange.getProperty(OAuthBearerTokenProcessor.RESULT)).isNull();
  }

  private static void assertInvalid(Exchange exchange, String why) {
    assertRefused(
        exchange, 401, "Bearer error=\"invalid_token\", error_description=\"" + why + "\"");
  }

  @Test
  void a_good_token_passes_and_is_gone_behind_the_step() throws Exception {
    try (RouteUnderTest route = route()) {
      Exchange exchange = send(route, issuer.accessToken("ada", "tickets", "read", "write"));
      assertThat(RouteUnderTest.passed(exchange)).isTrue();
      assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("ada");
      assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
      assertThat(exchange.getProperty(OAuthBearerTokenProcessor.RESULT))
          .isInstanceOfSatisfying(
              TokenValidation.Valid.class,
              valid -> {
                assertThat(valid.scopes()).containsExactlyInAnyOrder("read", "write");
                assertThat(valid.toString()).doesNotContain("ada");
              });
    }
  }

  @Test
  void without_a_token_there_is_a_challenge_without_an_error() throws Exception {
    try (RouteUnderTest route = route()) {
      assertRefused(route.send(Map.of()), 401, "Bearer");
      assertRefused(route.send(Map.of("Authorization", "Basic YTpi")), 401, "Bearer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "bearer a\"b", "Bearer a\r\nX: y"})
  void what_is_no_token_is_a_bad_request(String credentials) throws Exception {
    try (RouteUnderTest route = route()) {
      assertRefused(
          route.send(Map.of("Authorization", credentials)),
          400,
          "Bearer error=\"invalid_request\","
              + " error_description=\"The token is missing, too long or no token\"");
    }
  }

  @Test
  void a_token_that_is_too_long_or_stands_twice_or_in_the_url_is_a_bad_request() throws Exception {
    String token = issuer.accessToken("ada", "tickets");
    try (RouteUnderTest route = route()) {
      assertThat(status(send(route, "a".repeat(8193)))).isEqualTo(400);
      assertThat(status(route.send(Map.of("Authorization", List.of("Bearer a", "Bearer b")))))
          .isEqualTo(400);
      Map<String, Object> inUrl =
          Map.of("Authorization", "Bearer " + token, Exchange.HTTP_QUERY, "x=1&authorization=y");
      assertThat(status(route.send(inUrl))).isEqualTo(400);
    }
  }

  private static int status(Exchange exchange) {
    assertThat(RouteUnderTest.passed(exchange)).isFalse();
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  @Test
  void a_wrong_signature_is_refused() throws Exception {
    String good = issuer.accessToken("ada", "tickets");
    String body = good.substring(0, good.lastIndexOf('.') + 1);
    String other = issuer.accessToken("eve", "tickets");
    try (RouteUnderTest route = route()) {
      assertInvalid(
          send(route, body + other.substring(other.lastIndexOf('.') + 1)),
          "The token's signature, type, issuer, audience or times are wrong");
    }
  }

  @Test
  void an_unsigned_token_and_one_that_says_nothing_are_refused() throws Exception {
    try (RouteUnderTest route = route()) {
      assertInvalid(send(route, "opaque-token"), "The token is no JWT");
      assertThat(status(send(route, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ."))).isEqualTo(401);
    }
  }

  @Test
  void an_expired_token_is_refused() throws Exception {
    issuer.script().accessLifetime(Duration.ofSeconds(-5));
    try (RouteUnderTest route = route()) {
      assertInvalid(send(route, issuer.accessToken("ada", "tickets")), "The token has expired");
    }
  }

  @Test
  void clock_skew_is_allowed_as_far_as_the_key_says() throws Exception {
    keys.put("camel.oauth.clock-skew-seconds", "60");
    issuer.script().accessLifetime(Duration.ofSeconds(-5));
    try (RouteUnderTest route = route()) {
      assertThat(RouteUnderTest.passed(send(route, issuer.accessToken("ada", "tickets")))).isTrue();
    }
  }

  @Test
  void a_token_for_another_audience_or_for_none_is_refused() throws Exception {
    try (RouteUnderTest route = route()) {
      assertThat(status(send(route, issuer.accessToken("ada", "billing")))).isEqualTo(401);
      assertThat(status(send(route, issuer.accessToken("ada", null)))).isEqualTo(401);
      assertThat(RouteUnderTest.passed(send(route, issuer.accessToken("ada", "bookings"))))
          .isTrue();
    }
  }

  @Test
  void a_token_of_another_issuer_is_refused_even_where_both_share_their_keys() throws Exception {
    try (ScriptedAuthorizationServer other = ScriptedAuthorizationServer.start();
        RouteUnderTest route = route()) {
      assertThat(status(send(route, other.accessToken("ada", "tickets")))).isEqualTo(401);
    }
  }

  @Test
  void a_token_of_another_type_or_algorithm_than_the_keys_name_is_refused() throws Exception {
    keys.put("camel.oauth.expected-token-type", "JWT");
    try (RouteUnderTest route = route()) {
      assertThat(status(send(route, issuer.accessToken("ada", "tickets")))).isEqualTo(401);
    }
    keys.put("camel.oauth.expected-token-type", "at+jwt");
    keys.put("camel.oauth.allowed-jws-algorithms", "ES256");
    try (RouteUnderTest route = route()) {
      assertThat(status(send(route, issuer.accessToken("ada", "tickets")))).isEqualTo(401);
    }
  }

  @Test
  void nothing_passes_while_the_identity_provider_is_down_and_it_is_left_alone() throws Exception {
    issuer.always(Endpoint.JWKS, new Fault.Status(503));
    try (RouteUnderTest route = route()) {
      for (int i = 0; i < 20; i++) {
        assertRefused(send(route, issuer.accessToken("ada", "tickets")), 503, "");
      }
      assertThat(issuer.requests(Endpoint.JWKS)).hasSizeLessThan(5);
    }
  }

  @Test
  void keys_that_are_known_are_good_while_the_identity_provider_is_down() throws Exception {
    keys.put("camel.oauth.jwks-cache-ttl-seconds", "1");
    keys.put("camel.oauth.jwks-endpoint", issuer.uri(Endpoint.JWKS).toString());
    try (RouteUnderTest route = route()) {
      assertThat(RouteUnderTest.passed(send(route, issuer.accessToken("ada", "tickets")))).isTrue();
      issuer.always(Endpoint.JWKS, new Fault.Status(503));
      org.awaitility.Awaitility.await()
          .until(
              () -> {
                assertThat(RouteUnderTest.passed(send(route, issuer.accessToken("ada", "tickets"))))
                    .isTrue();
                return issuer.requests(Endpoint.JWKS).size() > 1;
              });
    }
  }

  @Test
  void metadata_of_another_issuer_is_not_believed() throws Exception {
    issuer.script().metadata((form, document) -> document.put("issuer", "https://evil.example"));
    try (RouteUnderTest route = route()) {
      assertRefused(send(route, issuer.accessToken("ada", "tickets")), 503, "");
      assertThat(issuer.requests(Endpoint.JWKS)).isEmpty();
    }
  }

  @Test
  void the_metadata_stands_where_openid_connect_has_it() throws Exception {
    issuer.script().publishedAt(WellKnown.OPENID_APPENDED);
    try (RouteUnderTest route = route()) {
      assertThat(RouteUnderTest.passed(send(route, issuer.accessToken("ada", "tickets")))).isTrue();
    }
  }

  @Test
  void a_validator_of_the_team_fails_closed_whatever_it_throws() throws Exception {
    keys.put("camel.oauth.validation-factory", "#bean:mine");
    try (RouteUnderTest route = new RouteUnderTest("OAuthBearerTokenProcessor", "", keys)) {
      TokenValidator mine =
          (profile, token) -> {
            if (token.equals("io")) {
              throw new IOException("down");
            }
            if (token.equals("bug")) {
              throw new IllegalStateException("bug");
            }
            return new TokenValidation.Invalid("Not today");
          };
      route.camel.getRegistry().bind("mine", TokenValidator.class, mine);
      route.start();
      assertRefused(send(route, "io"), 503, "");
      assertRefused(send(route, "bug"), 503, "");
      assertInvalid(send(route, "else"), "Not today");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expected-audience=",
        "base-uri=",
        "base-uri=login",
        "allow-insecure-http=true",
        "introspection-endpoint=https://login.example.com/introspect",
        "allowed-jws-algorithms=HS256",
        "allowed-jws-algorithms=none",
        "require-expiration=perhaps",
        "clock-skew-seconds=soon",
        "read-timeout-seconds=0",
        "validation-factory=#bean:nobody"
      })
  void a_route_with_a_wrong_profile_does_not_start_and_the_error_names_the_key(String setting)
      throws Exception {
    String key = "camel.oauth." + setting.substring(0, setting.indexOf('='));
    keys.put(key, setting.substring(setting.indexOf('=') + 1));
    try (RouteUnderTest route = new RouteUnderTest("OAuthBearerTokenProcessor", "", keys)) {
      assertThatThrownBy(route::start).hasStackTraceContaining(key);
    }
  }
}
