package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.BROWSER;
import static io.mcprouter.oauth.OAuthUnderTest.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.credential.Resealing;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.Feature;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How much a right is, what the router is to the server that gives it, and how it ends. */
class RightsTest {
  @StoreTest
  void more_scope_is_asked_for_beside_the_old(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);

      oauth.finish(oauth.node.begin(oauth.link(ADA, "admin"), ADA, BROWSER), ADA);

      assertThat(oauth.call(oauth.node, ADA, "admin")).startsWith("200");
      assertThat(scopesAskedFor(oauth)).containsExactly("mcp:basic", "mcp:basic mcp:admin");
    }
  }

  private static List<String> scopesAskedFor(OAuthUnderTest oauth) {
    return oauth.authorization.requests(Endpoint.AUTHORIZATION).stream()
        .map(each -> each.parameter("scope"))
        .toList();
  }

  @StoreTest
  void a_server_that_is_never_content_ends_it_after_three(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().insatiable();
      oauth.login(ADA);
      for (int round = 0; round < 2; round++) {
        oauth.finish(oauth.node.begin(oauth.link(ADA, "admin"), ADA, BROWSER), ADA);
      }

      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, ADA, "admin"))
          .withMessageContaining("goes on asking for more rights")
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.FORBIDDEN);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void no_scope_is_made_up(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      assertThat(oauth.authorization.requests(Endpoint.AUTHORIZATION).getFirst().has("scope"))
          .isFalse();
    }
  }

  @StoreTest
  void scopes_are_of_the_challenge_else_of_the_metadata(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth
          .server
          .protection()
          .metadata(document -> document.withArray("scopes_supported").add("a").add("b"));
      oauth.login(ADA);
      oauth.node.revoke(ADA, SERVER);
      oauth.server.protection().scope("c");
      oauth.authorization.script().scopes("c", "offline_access");
      oauth.link(ADA, "whoami");
      oauth.authorization.endGrants();
      oauth.finish(oauth.node.begin(challenged(oauth), ADA, BROWSER), ADA);
      assertThat(scopesAskedFor(oauth)).containsExactly("a b", "c offline_access");
    }
  }

  /** A server that is known to want a login is not asked again why; a refusal says it anew. */
  private static String challenged(OAuthUnderTest oauth) {
    return OAuthUnderTest.link(
        oauth.node.authorization(ADA, oauth.target()), "Bearer scope=\"c\"", null);
  }

  @StoreTest
  void all_users_logins_are_of_one_registration(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db);
        ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      OAuth other = oauth.node(db.openAnother());
      List<Future<URI>> begun = new ArrayList<>();
      for (int user = 0; user < 20; user++) {
        OAuth node = user % 2 == 0 ? oauth.node : other;
        Caller caller = new Caller("user-" + user, Map.of());
        String link = oauth.link(caller, "whoami");
        begun.add(users.submit(() -> node.begin(link, caller, BROWSER)));
      }
      Set<String> clients = new HashSet<>();
      for (Future<URI> each : begun) {
        clients.add(OAuthUnderTest.parameters(each.get()).get("client_id").getFirst());
      }
      assertThat(clients).hasSize(1);
      assertThat(oauth.authorization.requests(Endpoint.REGISTRATION)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @StoreTest
  void users_of_another_tenant_have_a_registration_of_their_own(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      Set<String> clients = new HashSet<>();
      for (String tenant : List.of("one", "other", "one")) {
        Caller caller =
            new Caller(tenant, "ada", Map.of(), Set.of(), Set.of(), Caller.Source.JWT, null);
        URI begun = oauth.node.begin(oauth.link(caller, "whoami"), caller, BROWSER);
        clients.add(OAuthUnderTest.parameters(begun).get("client_id").getFirst());
      }
      assertThat(clients).hasSize(2);
    }
  }

  @StoreTest
  void a_registration_says_what_kind_of_client_it_is(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.written(
          OAuthUnderTest.NOTHING_WRITTEN,
          new OAuthOptions(
              OAuthOptions.Grant.AUTHORIZATION_CODE,
              null,
              null,
              null,
              null,
              "initial",
              null,
              null));
      oauth.login(ADA);

      RecordedRequest registered = oauth.authorization.requests(Endpoint.REGISTRATION).getFirst();
      assertThat(registered.header("authorization")).isEqualTo("Bearer initial");
      assertThat(registered.body())
          .contains("\"application_type\":\"native\"")
          .contains("refresh_token")
          .contains("http://127.0.0.1:8091/oauth/callback");
      assertThat(OAuthPlaces.under(URI.create("https://router.example")).applicationType())
          .isEqualTo("web");
    }
  }

  @StoreTest
  void a_client_document_stands_for_a_registration(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.script().with(Feature.CLIENT_DOCUMENTS);
      OAuthPlaces documented =
          new OAuthPlaces(
              () -> URI.create("http://127.0.0.1:8091"),
              URI.create("https://router.example/.well-known/oauth-client/router.json"));
      OAuth node = oauth.nodeAt(documented);
      URI begun = node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER);
      node.finish(OAuthUnderTest.parameters(oauth.answer(begun)), ADA, BROWSER);

      assertThat(oauth.call(node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.requests(Endpoint.REGISTRATION)).isEmpty();
      assertThat(node.clientDocument())
          .containsEntry("client_id", documented.clientDocument().toString())
          .containsEntry("redirect_uris", List.of(documented.callback().toString()))
          .containsEntry("token_endpoint_auth_method", "none");
      assertThat(oauth.node.clientDocument()).isNull();
    }
  }

  @StoreTest
  void a_client_that_is_rejected_is_registered_anew(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.once(Endpoint.TOKEN, new Fault.OAuthError("invalid_client"));
      assertThatExceptionOfType(OAuthFailure.class).isThrownBy(() -> oauth.login(ADA));
      oauth.login(ADA);

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.requests(Endpoint.REGISTRATION)).hasSize(2);
    }
  }

  @StoreTest
  void where_nobody_can_register_it_says_what_to_do(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.script().without(Feature.REGISTRATION);
      assertThatExceptionOfType(OAuthFailure.class)
          .isThrownBy(() -> oauth.login(ADA))
          .withMessageContaining("oauth.client_id");
      assertThat(oauth.node.status(ADA, SERVER)).isInstanceOf(LoginStatus.LoginFailed.class);
    }
  }

  @StoreTest
  void each_way_of_proof_is_taken(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      for (String method : List.of("client_secret_basic", "client_secret_post", "none")) {
        String id = "client " + method;
        boolean isOpen = method.equals("none");
        oauth.authorization.add(
            isOpen
                ? RegisteredClient.isPublic(id)
                : RegisteredClient.withSecret(id, "s:e%c ret", method));
        oauth
            .authorization
            .script()
            .metadata(
                (form, document) ->
                    document.putArray("token_endpoint_auth_methods_supported").add(method));
        oauth.written(
            OAuthUnderTest.NOTHING_WRITTEN,
            new OAuthOptions(
                OAuthOptions.Grant.AUTHORIZATION_CODE,
                id,
                isOpen ? null : "s:e%c ret",
                null,
                null,
                null,
                null,
                null));
        oauth.login(ADA);
        assertThat(oauth.call(oauth.node, ADA, "whoami")).as(method).startsWith("200");
        oauth.node.revoke(ADA, SERVER);
      }
    }
  }

  @StoreTest
  void a_right_is_taken_away_here_and_there(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      OAuth other = oauth.node(db.openAnother());
      oauth.login(ADA);
      assertThat(oauth.call(other, ADA, "whoami")).startsWith("200");

      oauth.node.revoke(ADA, SERVER);
      other.forget("", "ada", SERVER);

      assertThat(oauth.changes).containsExactly("authorized ada guarded", "revoked ada guarded");
      assertThat(oauth.authorization.requests(Endpoint.REVOCATION))
          .extracting(each -> each.parameter("token_type_hint"))
          .containsExactly("refresh_token", "access_token");
      assertThat(oauth.node.status(ADA, SERVER)).isEqualTo(new LoginStatus.LoginRequired());
      for (OAuth node : List.of(oauth.node, other)) {
        assertThatExceptionOfType(McpFailure.class)
            .isThrownBy(() -> oauth.call(node, ADA, "whoami"))
            .extracting(McpFailure::kind)
            .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
      }
    }
  }

  @StoreTest
  void what_cannot_be_revoked_there_is_gone_here(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.authorization.always(Endpoint.REVOCATION, new Fault.Status(500));

      oauth.node.revoke(ADA, SERVER);

      assertThat(
              db.store().jdbc().sql("SELECT count(*) FROM oauth_grants").query(Long.class).single())
          .isZero();
      assertThat(oauth.link(ADA, "whoami")).isNotEmpty();
    }
  }

  @StoreTest
  void a_login_is_given_up(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      PendingLogin started = oauth.node.startLogin(ADA, SERVER);
      assertThat(oauth.node.pending(ADA)).containsExactly(started);

      oauth.node.cancelLogin(ADA, SERVER);

      assertThat(oauth.node.pending(ADA)).isEmpty();
      assertThat(oauth.node.status(ADA, SERVER)).isEqualTo(new LoginStatus.NotNeeded());
    }
  }

  @StoreTest
  void a_new_key_seals_what_an_old_one_sealed(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.sealing.rotate();
      Resealing resealing = new Resealing(oauth.sealing, oauth.node.sealedTables());
      assertThat(resealing.outstanding()).isEqualTo(2);

      assertThat(resealing.run()).isZero();

      assertThat(resealing.outstanding()).isZero();
      oauth.clock.pass(Duration.ofHours(1));
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }
}
