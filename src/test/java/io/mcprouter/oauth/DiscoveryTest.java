package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.BROWSER;
import static io.mcprouter.oauth.OAuthUnderTest.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.Feature;
import io.mcprouter.testkit.auth.Protection.Challenge;
import io.mcprouter.testkit.auth.Protection.Placement;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import io.mcprouter.testkit.auth.WellKnown;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who guards a server, and which answers to that must not be believed. */
class DiscoveryTest {
  private StoreUnderTest database;
  private OAuthUnderTest oauth;

  @BeforeEach
  void start() {
    database = StoreUnderTest.on(Database.H2);
    oauth = new OAuthUnderTest(database);
  }

  @AfterEach
  void stop() throws Exception {
    oauth.close();
    database.close();
  }

  private McpFailure failure() {
    try {
      throw new AssertionError("no failure: " + oauth.call(oauth.node, ADA, "whoami"));
    } catch (McpFailure e) {
      return e;
    }
  }

  private void succeeds() throws Exception {
    oauth.login(ADA);
    assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
  }

  @ParameterizedTest
  @CsvSource({
    "AT_PATH, WITH_METADATA",
    "AT_ROOT, WITH_METADATA",
    "AT_PATH, BARE",
    "AT_ROOT, BARE",
    "AT_PATH, NONE",
  })
  void metadata_is_found_wherever_it_stands(Placement place, Challenge challenge) throws Exception {
    oauth.server.protection().metadataAt(place).challenge(challenge);
    succeeds();
  }

  @ParameterizedTest
  @EnumSource(WellKnown.class)
  void an_issuer_with_a_path_is_found_in_each_form(WellKnown form) throws Exception {
    try (ScriptedAuthorizationServer other = ScriptedAuthorizationServer.start("/tenant")) {
      other.script().publishedAt(form);
      oauth.server.protection().authorizedBy(other);
      succeeds();
      assertThat(other.tokenRequests("authorization_code")).hasSize(1);
    }
  }

  @Test
  void what_openid_adds_is_taken_too() throws Exception {
    oauth
        .authorization
        .script()
        .metadata(
            (form, document) -> {
              if (form == WellKnown.OAUTH) {
                document.remove("registration_endpoint");
              }
            });
    succeeds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example/mcp", "http://127.0.0.1:1/mcp", ""})
  void metadata_of_another_resource_ends_it(String resource) {
    oauth.server.protection().resource(resource);
    assertThat(failure().getMessage()).contains("about another resource");
    assertThat(oauth.authorization.requests()).isEmpty();
  }

  @Test
  void an_issuer_that_calls_itself_otherwise_ends_it() {
    oauth
        .authorization
        .script()
        .metadata((form, document) -> document.put("issuer", oauth.authorization.issuer() + "/"));
    assertThat(failure().getMessage()).contains("is of another issuer");
  }

  @Test
  void without_s256_there_is_no_login_unless_the_administrator_vouches() throws Exception {
    oauth.authorization.script().without(Feature.S256_ADVERTISED);
    assertThat(failure().getMessage()).contains("PKCE").contains("skip_code_challenge_check");

    oauth.written(settings(null, null, null, true), OAuthOptions.NONE);
    succeeds();
    assertThat(
            oauth
                .authorization
                .requests(Endpoint.AUTHORIZATION)
                .getFirst()
                .parameter("code_challenge_method"))
        .isEqualTo("S256");
  }

  private static OAuthSettings settings(String authorize, String token, String id, boolean skip) {
    return new OAuthSettings(
        authorize, token, null, null, id, null, null, null, List.of(), List.of(), List.of(),
        List.of(), List.of(), skip, null, true, true);
  }

  @ParameterizedTest
  @CsvSource({
    "authorization_endpoint, javascript:alert(1)",
    "authorization_endpoint, http://evil.example/authorize",
    "token_endpoint, http://evil.example/token",
    "token_endpoint, file:///etc/passwd",
    "registration_endpoint, ftp://evil.example/",
    "revocation_endpoint, https://user@evil.example/",
  })
  void endpoints_are_https(String member, String uri) {
    oauth.authorization.script().metadata((form, document) -> document.put(member, uri));
    assertThat(failure().getMessage()).contains(member);
  }

  @Test
  void a_server_of_2025_03_26_is_its_own_authorization_server() throws Exception {
    oauth.target(
        target ->
            new OAuthTarget(target.server(), URI.create(oauth.authorization.issuer() + "/mcp")));
    oauth.server.protection().metadataAt(Placement.NOWHERE).challenge(Challenge.BARE);
    String link = oauth.link(ADA, "whoami");
    URI withMetadata = oauth.node.begin(link, ADA, BROWSER);
    oauth.authorization.script().publishedAt();
    URI without = oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER);

    for (URI place : List.of(withMetadata, without)) {
      assertThat(place.toString())
          .startsWith(oauth.authorization.uri(Endpoint.AUTHORIZATION) + "?");
    }
  }

  @Test
  void such_a_server_is_the_issuer_itself_if_under_a_path() throws Exception {
    oauth.target(
        target ->
            new OAuthTarget(target.server(), URI.create(oauth.authorization.issuer() + "/mcp")));
    oauth.server.protection().metadataAt(Placement.NOWHERE).challenge(Challenge.BARE);
    String own = oauth.authorization.issuer() + "/oauth";
    oauth.authorization.script().metadata((form, document) -> document.put("issuer", own));
    assertThat(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER)).hasPath("/authorize");

    oauth
        .authorization
        .script()
        .metadata((form, document) -> document.put("issuer", "https://other.example"));
    assertThatExceptionOfType(OAuthFailure.class)
        .isThrownBy(() -> oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER))
        .withMessageContaining("of another issuer");
  }

  @Test
  void a_redirect_of_metadata_is_not_followed() {
    oauth.authorization.always(
        Endpoint.METADATA, new Fault.Redirect(URI.create("http://127.0.0.1:1/x")));
    assertThat(failure().getMessage()).contains("publishes no metadata");
  }

  @Test
  void endless_metadata_is_cut() {
    oauth.authorization.always(Endpoint.METADATA, new Fault.EndlessBody());
    assertThat(failure().kind()).isEqualTo(McpFailure.Kind.UNAVAILABLE);
    assertThat(oauth.authorization.endlessBytes()).isLessThan(64L << 20);
  }

  @Test
  void a_server_that_is_down_may_be_tried_again() throws Exception {
    oauth.authorization.always(Endpoint.METADATA, new Fault.Status(503));
    assertThat(failure().kind()).isEqualTo(McpFailure.Kind.UNAVAILABLE);
    oauth.authorization.behave(Endpoint.METADATA);
    succeeds();
  }

  @Test
  void what_the_administrator_wrote_wins() throws Exception {
    oauth.authorization.script().publishedAt().without(Feature.REGISTRATION);
    oauth.authorization.add(RegisteredClient.isPublic("written"));
    oauth.written(
        settings(
            oauth.authorization.uri(Endpoint.AUTHORIZATION).toString(),
            oauth.authorization.uri(Endpoint.TOKEN).toString(),
            "written",
            false),
        OAuthOptions.NONE);
    succeeds();
    assertThat(oauth.authorization.requests(Endpoint.REGISTRATION)).isEmpty();
  }

  @Test
  void a_refusal_that_is_not_of_oauth_asks_for_no_login() {
    oauth.target(target -> new OAuthTarget(target.server(), target.url()));
    oauth.server.protection().metadataAt(Placement.NOWHERE);
    io.mcprouter.transport.spi.Authorization right = oauth.node.authorization(ADA, oauth.target());

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> right.refused(401, "Basic realm=\"x\"", null).join())
        .havingCause()
        .withMessageContaining("asks for no OAuth login");
    assertThat(oauth.node.isRequired(OAuthUnderTest.SERVER)).isFalse();
  }

  @Test
  void a_server_that_moves_is_followed_and_the_old_client_stays_behind() throws Exception {
    succeeds();
    try (ScriptedAuthorizationServer next = ScriptedAuthorizationServer.start()) {
      oauth.server.protection().authorizedBy(next);
      oauth.authorization.forgetRequests();

      URI begun = oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER);
      oauth.node.finish(parameters(oauth.answer(begun)), ADA, BROWSER);

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.requests()).isEmpty();
      assertThat(next.requests(Endpoint.REGISTRATION)).hasSize(1);
      assertThat(next.clients()).doesNotContainAnyElementsOf(oauth.authorization.clients());
    }
  }

  @Test
  void the_secret_of_a_written_client_does_not_follow_a_server_that_moves() throws Exception {
    OAuthOptions client =
        new OAuthOptions(
            OAuthOptions.Grant.AUTHORIZATION_CODE,
            "written",
            "s3cret",
            null,
            null,
            null,
            null,
            null);
    oauth.authorization.add(
        RegisteredClient.withSecret("written", "s3cret", "client_secret_basic"));
    oauth.written(OAuthUnderTest.NOTHING_WRITTEN, client);
    succeeds();
    try (ScriptedAuthorizationServer next = ScriptedAuthorizationServer.start()) {
      next.add(RegisteredClient.withSecret("written", "s3cret", "client_secret_basic"));
      oauth.server.protection().authorizedBy(next);

      assertThatExceptionOfType(OAuthFailure.class)
          .isThrownBy(() -> oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER))
          .withMessageContaining("the configured client is known to");
      assertThat(next.requests(Endpoint.TOKEN)).isEmpty();
    }
  }

  @Test
  void a_registration_token_does_not_follow_a_server_that_moves() throws Exception {
    oauth.written(
        OAuthUnderTest.NOTHING_WRITTEN,
        new OAuthOptions(
            OAuthOptions.Grant.AUTHORIZATION_CODE, null, null, null, null, "initial", null, null));
    succeeds();
    try (ScriptedAuthorizationServer next = ScriptedAuthorizationServer.start()) {
      oauth.server.protection().authorizedBy(next);

      assertThatExceptionOfType(OAuthFailure.class)
          .isThrownBy(() -> oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      assertThat(next.requests(Endpoint.REGISTRATION)).isEmpty();
    }
  }

  @Test
  void a_code_is_redeemed_where_the_login_began_whatever_the_metadata_says_by_then()
      throws Exception {
    URI begun = oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER);
    try (ScriptedAuthorizationServer evil = ScriptedAuthorizationServer.start()) {
      oauth
          .authorization
          .script()
          .metadata(
              (form, document) ->
                  document.put("token_endpoint", evil.uri(Endpoint.TOKEN).toString()));
      oauth.node.finish(parameters(oauth.answer(begun)), ADA, BROWSER);

      assertThat(evil.requests()).isEmpty();
      assertThat(oauth.authorization.tokenRequests("authorization_code")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "iss", "error", "state"})
  void an_answer_that_says_something_twice_is_none(String parameter) throws Exception {
    URI answer = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
    Map<String, List<String>> twice = new HashMap<>(parameters(answer));
    String said = twice.getOrDefault(parameter, List.of("access_denied")).getFirst();
    twice.put(parameter, List.of(said, "another"));

    assertThatExceptionOfType(OAuthFailure.class)
        .isThrownBy(() -> oauth.node.finish(twice, ADA, BROWSER))
        .extracting(OAuthFailure::kind)
        .isEqualTo(OAuthFailure.Kind.NOT_YOURS);
    assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();
  }
}
