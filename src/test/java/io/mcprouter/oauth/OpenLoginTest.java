package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.BOB;
import static io.mcprouter.oauth.OAuthUnderTest.BROWSER;
import static io.mcprouter.oauth.OAuthUnderTest.NOTHING_WRITTEN;
import static io.mcprouter.oauth.OAuthUnderTest.SERVER;
import static io.mcprouter.oauth.OAuthUnderTest.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a login that waits for its user keeps of the calls that asked for it. */
class OpenLoginTest {
  private static final OAuthTarget NOBODYS =
      new OAuthTarget(SERVER, URI.create("http://127.0.0.1:1/users//mcp"));

  private static OAuthOptions scope(String wanted) {
    return new OAuthOptions(
        OAuthOptions.Grant.AUTHORIZATION_CODE, null, null, null, null, null, wanted, null);
  }

  @StoreTest
  void a_login_is_for_what_its_call_resolved_on_whichever_node(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.written(NOTHING_WRITTEN, scope("of:ada"));
      oauth.onPages(NOBODYS);
      OAuth other = oauth.node(db.openAnother());
      String link = oauth.link(ADA, "whoami");

      assertThat(other.offer(link, ADA).scopes()).containsExactly("of:ada");
      URI begun = other.begin(link, ADA, BROWSER);
      assertThat(parameters(begun).get("scope")).containsExactly("of:ada");
      oauth.node.finish(parameters(oauth.answer(begun)), ADA, BROWSER);

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      oauth.clock.pass(Duration.ofHours(2));
      assertThat(oauth.call(other, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(1);
      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, BOB, "whoami"))
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
    }
  }

  @StoreTest
  void a_call_that_resolves_otherwise_gets_a_link_of_its_own(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      String link = oauth.link(ADA, "whoami");
      oauth.written(NOTHING_WRITTEN, scope("changed"));

      assertThat(oauth.link(ADA, "whoami")).isNotEqualTo(link);
    }
  }

  @Test
  void a_target_that_another_version_wrote_is_none() {
    OAuthTarget target = new OAuthTarget(SERVER, URI.create("https://one.example/mcp"));
    assertThat(TargetText.read(TargetText.of(target))).contains(target);
    assertThat(TargetText.read(new Secret("{\"server\":7,\"secret\":"))).isEmpty();
  }

  @StoreTest
  void what_another_version_wrote_stands_in_nobodys_way(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      String link = oauth.link(ADA, "whoami");
      db.store().jdbc().sql("UPDATE oauth_logins SET target = NULL").update();

      assertThat(oauth.node.pending(ADA)).isEmpty();
      assertThat(oauth.link(ADA, "whoami")).isNotEqualTo(link);
    }
  }

  @StoreTest
  void an_entry_that_is_written_otherwise_takes_its_open_logins_back(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      String link = oauth.link(ADA, "whoami");
      URI begun = oauth.node.begin(oauth.link(BOB, "whoami"), BOB, BROWSER);
      oauth.node.entryChanged("another");
      assertThat(oauth.node.pending(ADA)).hasSize(1);

      oauth.node.entryChanged(SERVER);

      assertThat(oauth.node.pending(ADA)).isEmpty();
      assertThatExceptionOfType(OAuthFailure.class).isThrownBy(() -> oauth.finish(begun, BOB));
      assertThat(oauth.link(ADA, "whoami")).isNotEqualTo(link);
    }
  }

  @StoreTest
  void what_a_call_resolved_is_sealed(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.target(
          target ->
              new OAuthTarget(
                  SERVER,
                  target.url(),
                  null,
                  NOTHING_WRITTEN,
                  Map.of("X-Gateway", "canary-header"),
                  scope("canary-scope"),
                  target.refreshWait(),
                  target.persistenceWait()));
      oauth.link(ADA, "whoami");
      assertThat(
              db.store().jdbc().sql("SELECT target FROM oauth_logins").query(byte[].class).list())
          .singleElement()
          .satisfies(kept -> assertThat(new String(kept)).doesNotContain("canary", "guarded"));
    }
  }

  @StoreTest
  void a_right_is_given_back_by_whom_the_user_is_known_by_less(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.onPages(NOBODYS);

      oauth.node.revoke(ADA, SERVER);

      assertThat(oauth.authorization.requests(Endpoint.REVOCATION)).hasSize(2);
      assertThat(oauth.link(ADA, "whoami")).isNotEmpty();
    }
  }

  @StoreTest
  void a_client_that_the_router_registered_gives_rights_back_to_its_issuer_alone(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db);
        ScriptedAuthorizationServer elsewhere = ScriptedAuthorizationServer.start()) {
      oauth.login(ADA);
      String there = elsewhere.uri(Endpoint.REVOCATION).toString();
      oauth.written(revokingAt(there), OAuthOptions.NONE);

      oauth.node.revoke(ADA, SERVER);

      assertThat(elsewhere.requests(Endpoint.REVOCATION)).isEmpty();
      assertThat(oauth.authorization.requests(Endpoint.REVOCATION)).hasSize(2);
    }
  }

  /** An entry that names another client, and where rights of that one are given back. */
  private static OAuthSettings revokingAt(String endpoint) {
    return new OAuthSettings(
        null,
        null,
        null,
        endpoint,
        "anything",
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        true,
        true);
  }

  @StoreTest
  void asking_for_a_login_gives_the_one_that_is_open(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);
      String link = oauth.link(ADA, "admin");
      oauth.onPages(NOBODYS);

      assertThat(oauth.node.startLogin(ADA, SERVER).link().toString()).endsWith(link);

      oauth.finish(oauth.node.begin(link, ADA, BROWSER), ADA);
      assertThat(oauth.call(oauth.node, ADA, "admin")).startsWith("200");
    }
  }

  @StoreTest
  void another_refusal_takes_nothing_from_a_step_up(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);
      String link = oauth.link(ADA, "admin");

      assertThat(refusedAgain(oauth)).isEqualTo(link);
      assertThat(oauth.node.offer(link, ADA).scopes())
          .containsExactly("mcp:basic", "mcp:admin", "mcp:more");

      oauth.node.begin(link, ADA, BROWSER);
      URI begun = oauth.node.begin(refusedAgain(oauth), ADA, BROWSER);
      assertThat(parameters(begun).get("scope")).containsExactly("mcp:basic mcp:admin mcp:more");
      oauth.finish(begun, ADA);
      assertThat(oauth.call(oauth.node, ADA, "admin")).startsWith("200");
      assertThat(oauth.authorization.requests(Endpoint.REGISTRATION)).hasSize(1);
    }
  }

  @StoreTest
  void a_step_up_that_nobody_made_in_time_is_over(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);
      oauth.link(ADA, "admin");
      oauth.clock.pass(Duration.ofMinutes(11));

      assertThat(oauth.node.offer(refusedAgain(oauth), ADA).scopes()).containsExactly("mcp:more");
    }
  }

  /** The login has ended meanwhile, and the server names another scope. */
  private static String refusedAgain(OAuthUnderTest oauth) throws McpFailure {
    io.mcprouter.transport.spi.Authorization right = oauth.node.authorization(ADA, oauth.target());
    String sent = OAuthUnderTest.value(right);
    oauth.authorization.endGrants();
    return OAuthUnderTest.link(right, "Bearer scope=\"mcp:more\"", sent);
  }

  @StoreTest
  void a_login_that_ends_leaves_a_step_up_that_was_opened_meanwhile(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);
      oauth.node.startLogin(ADA, SERVER);
      String asked = oauth.node.pending(ADA).getFirst().link().getPath();
      URI begun = oauth.node.begin(asked.substring(asked.lastIndexOf('/') + 1), ADA, BROWSER);
      String stepUp = oauth.link(ADA, "admin");

      oauth.finish(begun, ADA);

      assertThat(oauth.node.pending(ADA))
          .singleElement()
          .satisfies(each -> assertThat(each.link().toString()).endsWith(stepUp));
      oauth.finish(oauth.node.begin(stepUp, ADA, BROWSER), ADA);
      assertThat(oauth.call(oauth.node, ADA, "admin")).startsWith("200");
      assertThat(oauth.node.pending(ADA)).isEmpty();
    }
  }
}
