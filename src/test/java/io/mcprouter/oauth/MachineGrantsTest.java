package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.BOB;
import static io.mcprouter.oauth.OAuthUnderTest.NOTHING_WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthOptions.Grant;
import io.mcprouter.config.OAuthOptions.IdentityProvider;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights without a login. */
class MachineGrantsTest {
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

  private void written(Grant grant, String secret, String key, IdentityProvider provider) {
    oauth.written(
        NOTHING_WRITTEN,
        new OAuthOptions(grant, "router", secret, key, null, null, "mcp:basic", provider));
  }

  private Caller adaWith(String token) {
    return new Caller(
        "", "ada", Map.of(), Set.of(), Set.of(), Caller.Source.JWT, new PresentedToken(token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void the_router_has_a_right_of_its_own(String method) throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s3cret", method));
    oauth
        .authorization
        .script()
        .metadata(
            (form, document) ->
                document.putArray("token_endpoint_auth_methods_supported").add(method));
    written(Grant.CLIENT_CREDENTIALS, "s3cret", null, null);

    assertThat(oauth.call(oauth.node, Caller.APPLICATION, "whoami")).startsWith("200");
    assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");

    List<RecordedRequest> asked = oauth.authorization.tokenRequests("client_credentials");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().parameter("scope")).isEqualTo("mcp:basic");
    assertThat(asked.getFirst().parameter("resource")).isEqualTo(oauth.server.url(South.HTTP));
    oauth.authorization.expireAccessTokens();
    assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    assertThat(oauth.authorization.tokenRequests("client_credentials")).hasSize(2);
  }

  @Test
  void the_router_proves_itself_with_a_key() throws Exception {
    ECKey key = key();
    oauth.authorization.add(RegisteredClient.withKey("router", key));
    written(Grant.CLIENT_CREDENTIALS, null, key.toJSONString(), null);

    assertThat(oauth.call(oauth.node, Caller.APPLICATION, "whoami")).startsWith("200");
  }

  private static ECKey key() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
  }

  @Test
  void a_key_that_cannot_be_read_is_not_quoted() {
    written(Grant.CLIENT_CREDENTIALS, null, "{\"kty\":\"EC\",\"d\":\"canary\"}", null);
    assertThatExceptionOfType(McpFailure.class)
        .isThrownBy(() -> oauth.call(oauth.node, ADA, "whoami"))
        .withMessageContaining("router.oauth.privateKey")
        .withMessageNotContaining("canary");
  }

  @Test
  void more_scope_is_got_without_anybody() throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(Grant.CLIENT_CREDENTIALS, "s", null, null);

    assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    oauth.server.protection().scope("mcp:basic");
    io.mcprouter.transport.spi.Authorization right = oauth.node.authorization(ADA, oauth.target());
    String sent = OAuthUnderTest.value(right);
    right.refused(403, "Bearer error=\"insufficient_scope\", scope=\"mcp:admin\"", sent).join();

    assertThat(OAuthUnderTest.value(right)).isNotEqualTo(sent);
    assertThat(oauth.authorization.tokenRequests("client_credentials").getLast().parameter("scope"))
        .isEqualTo("mcp:basic mcp:admin");
  }

  @Test
  void the_callers_token_is_exchanged_and_never_sent() throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(Grant.TOKEN_EXCHANGE, "s", null, null);
    String presented = oauth.authorization.accessToken("ada", "the-router");
    Caller caller = adaWith(presented);

    assertThat(oauth.call(oauth.node, caller, "whoami")).startsWith("200").contains("ada");
    assertThat(oauth.call(oauth.node, caller, "whoami")).startsWith("200");

    assertThat(oauth.authorization.requests(Endpoint.TOKEN))
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.parameter("subject_token")).isEqualTo(presented);
              assertThat(asked.parameter("resource")).isEqualTo(oauth.server.url(South.HTTP));
            });
    assertThat(oauth.server.arrived()).noneMatch(each -> each.authorization().contains(presented));
    oauth.call(oauth.node, adaWith(oauth.authorization.accessToken("ada", "the-router")), "whoami");
    assertThat(oauth.authorization.requests(Endpoint.TOKEN)).hasSize(2);
  }

  @Test
  void the_callers_token_is_an_assertion_on_their_behalf() throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(Grant.ON_BEHALF_OF, "s", null, null);

    assertThat(
            oauth.call(
                oauth.node,
                adaWith(oauth.authorization.accessToken("ada", "the-router")),
                "whoami"))
        .startsWith("200")
        .contains("ada");
    assertThat(
            oauth
                .authorization
                .requests(Endpoint.TOKEN)
                .getFirst()
                .parameter("requested_token_use"))
        .isEqualTo("on_behalf_of");
  }

  @Test
  void the_callers_identity_provider_vouches_for_them() throws Exception {
    try (ScriptedAuthorizationServer provider = ScriptedAuthorizationServer.start()) {
      provider.add(RegisteredClient.withSecret("router", "idp", "client_secret_basic"));
      oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
      written(
          Grant.IDENTITY_ASSERTION,
          "s",
          null,
          new IdentityProvider(provider.uri(Endpoint.TOKEN).toString(), "router", "idp"));
      String presented = provider.accessToken("ada", "the-router");

      assertThat(oauth.call(oauth.node, adaWith(presented), "whoami"))
          .startsWith("200")
          .contains("ada");

      RecordedRequest vouched = provider.requests(Endpoint.TOKEN).getFirst();
      assertThat(vouched.parameter("requested_token_type"))
          .isEqualTo("urn:ietf:params:oauth:token-type:id-jag");
      assertThat(vouched.parameter("audience")).isEqualTo(oauth.authorization.issuer());
      assertThat(oauth.authorization.requests(Endpoint.TOKEN))
          .noneMatch(each -> each.body().contains(presented));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Grant.class,
      names = {"TOKEN_EXCHANGE", "ON_BEHALF_OF", "IDENTITY_ASSERTION"})
  void without_a_token_of_the_caller_there_is_no_right(Grant grant) {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(grant, "s", null, new IdentityProvider("https://idp.example/token", "router", null));

    assertThatExceptionOfType(McpFailure.class)
        .isThrownBy(() -> oauth.call(oauth.node, ADA, "whoami"))
        .withMessageContaining("this caller brought none")
        .extracting(McpFailure::kind)
        .isEqualTo(McpFailure.Kind.FORBIDDEN);
    assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();
  }

  private static Caller with(Caller user, PresentedToken token) {
    return new Caller("", user.id(), Map.of(), Set.of(), Set.of(), Caller.Source.JWT, token);
  }

  private PresentedToken presented(Caller user, Duration left) {
    return new PresentedToken(
        oauth.authorization.accessToken(user.id(), "the-router"),
        oauth.clock.instant().plus(left),
        false);
  }

  /** What a session that is open sends when a call of somebody comes. */
  private String exchanged(io.mcprouter.transport.spi.Authorization right, Caller calling)
      throws McpFailure {
    right.calledBy(calling);
    OAuthUnderTest.value(right);
    return oauth.authorization.requests(Endpoint.TOKEN).getLast().parameter("subject_token");
  }

  @Test
  void the_newest_token_of_the_user_counts_and_nobody_elses() throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(Grant.TOKEN_EXCHANGE, "s", null, null);
    PresentedToken first = presented(ADA, Duration.ofMinutes(5));
    PresentedToken second = presented(ADA, Duration.ofMinutes(10));
    oauth.call(oauth.node, with(ADA, first), "whoami");
    io.mcprouter.transport.spi.Authorization right =
        oauth.node.authorization(with(ADA, first), oauth.target());

    assertThat(exchanged(right, with(ADA, second))).isEqualTo(second.value());
    assertThat(exchanged(right, with(ADA, first))).isEqualTo(second.value());
    assertThat(exchanged(right, ADA)).isEqualTo(second.value());
    assertThat(exchanged(right, with(BOB, presented(BOB, Duration.ofHours(1)))))
        .isEqualTo(second.value());
  }

  @Test
  void a_token_that_was_refused_stands_in_nobodys_way() throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(Grant.TOKEN_EXCHANGE, "s", null, null);
    Caller refused = adaWith("no token of anybody's");
    for (int call = 0; call < 3; call++) {
      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, refused, "whoami"))
          .withMessageContaining("call again with a new one")
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
    }
    assertThat(oauth.authorization.requests(Endpoint.TOKEN)).hasSize(1);

    Caller ada = adaWith(oauth.authorization.accessToken("ada", "the-router"));
    assertThat(oauth.call(oauth.node, ada, "whoami")).startsWith("200");
  }

  @Test
  void a_token_that_has_ended_is_shown_to_nobody() throws Exception {
    oauth.authorization.add(RegisteredClient.withSecret("router", "s", "client_secret_basic"));
    written(Grant.TOKEN_EXCHANGE, "s", null, null);
    Caller ada = with(ADA, presented(ADA, Duration.ofMinutes(5)));
    assertThat(oauth.call(oauth.node, ada, "whoami")).startsWith("200");
    oauth.authorization.forgetRequests();
    oauth.clock.pass(Duration.ofHours(2));

    assertThatExceptionOfType(McpFailure.class)
        .isThrownBy(() -> oauth.call(oauth.node, ada, "whoami"))
        .withMessageContaining("call again with a new one")
        .extracting(McpFailure::kind)
        .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
    assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();
  }
}
