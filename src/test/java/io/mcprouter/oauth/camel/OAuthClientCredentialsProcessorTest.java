package io.mcprouter.oauth.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route calls others with a token of its own, and with nobody else's. */
class OAuthClientCredentialsProcessorTest {
  private static final String SECRET = "s3cr3t-of-the-route";

  private final Map<String, String> keys = new HashMap<>();
  private ScriptedAuthorizationServer issuer;

  @BeforeEach
  void start() {
    issuer = ScriptedAuthorizationServer.start();
    issuer.add(RegisteredClient.withSecret("route", SECRET, "client_secret_basic"));
    set("token-endpoint", issuer.uri(Endpoint.TOKEN).toString());
    set("client-id", "route");
    set("client-secret", SECRET);
    set("scope", "tickets:read");
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private void set(String key, String value) {
    keys.put("camel.oauth.tickets." + key, value);
  }

  private RouteUnderTest route() throws Exception {
    return new RouteUnderTest("OAuthClientCredentialsProcessor", "tickets", keys).start();
  }

  private static String authorization(Exchange exchange) {
    return exchange.getMessage().getHeader("Authorization", "", String.class);
  }

  private static void assertStopped(Exchange exchange, String why) {
    assertThat(RouteUnderTest.passed(exchange)).isFalse();
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
    assertThat(authorization(exchange)).isEmpty();
    assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
        .isInstanceOf(OAuthTokenException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void the_routes_own_token_takes_the_place_of_the_callers() throws Exception {
    try (RouteUnderTest route = route()) {
      Exchange exchange = route.send(Map.of("Authorization", "Bearer of-the-caller"));
      assertThat(RouteUnderTest.passed(exchange)).isTrue();
      String token = authorization(exchange).substring("Bearer ".length());
      assertThat(issuer.valid(token))
          .hasValueSatisfying(
              issued -> {
                assertThat(issued.clientId()).isEqualTo("route");
                assertThat(issued.scopes()).containsExactly("tickets:read");
              });
    }
  }

  @Test
  void a_token_is_used_until_shortly_before_its_end() throws Exception {
    try (RouteUnderTest route = route()) {
      assertThat(authorization(route.send(Map.of())))
          .isEqualTo(authorization(route.send(Map.of())));
      assertThat(issuer.tokenRequests("client_credentials")).hasSize(1);
    }
    issuer.forgetRequests();
    set("cached-tokens-expiration-margin-seconds", "3600");
    try (RouteUnderTest route = route()) {
      route.send(Map.of());
      route.send(Map.of());
      assertThat(issuer.tokenRequests("client_credentials")).hasSize(2);
    }
  }

  @Test
  void a_token_is_used_once_where_the_key_says_so() throws Exception {
    set("cache-tokens", "false");
    try (RouteUnderTest route = route()) {
      route.send(Map.of());
      route.send(Map.of());
      assertThat(issuer.tokenRequests("client_credentials")).hasSize(2);
    }
  }

  @Test
  void many_messages_at_once_ask_once() throws Exception {
    try (RouteUnderTest route = route();
        Fault.Hold hold = issuer.hold(Endpoint.TOKEN)) {
      List<CompletableFuture<Exchange>> sent =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> route.send(Map.of()), run -> Thread.ofVirtual().start(run)))
              .toList();
      hold.awaitArrival();
      hold.release();
      assertThat(sent).allSatisfy(one -> assertThat(RouteUnderTest.passed(one.join())).isTrue());
      assertThat(issuer.tokenRequests("client_credentials")).hasSize(1);
    }
  }

  @Test
  void the_token_endpoint_is_found_by_the_providers_metadata() throws Exception {
    keys.remove("camel.oauth.tickets.token-endpoint");
    set("base-uri", issuer.issuer());
    try (RouteUnderTest route = route()) {
      assertThat(RouteUnderTest.passed(route.send(Map.of()))).isTrue();
    }
  }

  @Test
  void without_a_token_the_route_ends_even_where_an_exception_is_passed_over() throws Exception {
    Map<String, Object> callers = Map.of("Authorization", "Bearer of-the-caller");
    issuer.always(Endpoint.TOKEN, new Fault.Status(500));
    try (RouteUnderTest route = route()) {
      assertStopped(route.send(callers), "no token by the profile 'tickets'");
      issuer.always(Endpoint.TOKEN, new Fault.OAuthError("invalid_client"));
      assertStopped(route.send(callers), "invalid_client");
      issuer.always(Endpoint.TOKEN, new Fault.Redirect(URI.create("http://127.0.0.1:1/")));
      assertStopped(route.send(callers), "127.0.0.1");
      issuer.always(
          Endpoint.TOKEN,
          new Fault.Body("{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"Bearer\"}"));
      assertStopped(route.send(callers), "no bearer token");
      issuer.behave(Endpoint.TOKEN);
      assertThat(RouteUnderTest.passed(route.send(callers))).isTrue();
    }
  }

  @Test
  void a_secret_is_never_sent_in_the_clear() throws Exception {
    set("token-endpoint", "http://login.example.com/token");
    try (RouteUnderTest route = route()) {
      assertStopped(route.send(Map.of()), "https");
    }
  }

  @Test
  void a_route_without_a_client_does_not_start() throws Exception {
    keys.remove("camel.oauth.tickets.client-secret");
    try (RouteUnderTest route =
        new RouteUnderTest("OAuthClientCredentialsProcessor", "tickets", keys)) {
      assertThatThrownBy(route::start)
          .hasStackTraceContaining("camel.oauth.tickets.client-secret is missing");
    }
  }
}
