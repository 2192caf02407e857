package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.BOB;
import static io.mcprouter.oauth.OAuthUnderTest.BROWSER;
import static io.mcprouter.oauth.OAuthUnderTest.SERVER;
import static io.mcprouter.oauth.OAuthUnderTest.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.Feature;
import io.mcprouter.testkit.auth.Iss;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** From a refused call to a right, and what must not become one. */
class LoginTest {
  @StoreTest
  void a_user_logs_in_and_calls(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      String link = oauth.link(ADA, "whoami");

      assertThat(oauth.node.offer(link, ADA))
          .returns(SERVER, LoginOffer::server)
          .returns("127.0.0.1", LoginOffer::serverHost)
          .returns("127.0.0.1", LoginOffer::authorizationHost)
          .returns(List.of("mcp:basic"), LoginOffer::scopes);
      oauth.finish(oauth.node.begin(link, ADA, BROWSER), ADA);

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.changes).containsExactly("authorized ada guarded");
      assertThat(oauth.node.status(ADA, SERVER)).isEqualTo(new LoginStatus.Authorized(null));
      assertThat(oauth.node.isRequired(SERVER)).isTrue();
      RecordedRequest asked = oauth.authorization.requests(Endpoint.AUTHORIZATION).getFirst();
      RecordedRequest redeemed = oauth.authorization.tokenRequests("authorization_code").getFirst();
      assertThat(asked.parameter("resource")).isEqualTo(oauth.server.url(South.HTTP));
      assertThat(redeemed.parameter("resource")).isEqualTo(oauth.server.url(South.HTTP));
      assertThat(asked.parameter("code_challenge_method")).isEqualTo("S256");
      assertThat(asked.parameter("state")).hasSizeGreaterThanOrEqualTo(43);
    }
  }

  @StoreTest
  void nobodys_right_is_anybody_elses(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);

      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, BOB, "whoami"))
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, Caller.APPLICATION, "whoami"))
          .withMessageContaining("each user has to log in")
          .extracting(McpFailure::link)
          .isNull();
      Caller sameIdElsewhere =
          new Caller("other", "ada", Map.of(), Set.of(), Set.of(), Caller.Source.JWT, null);
      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, sameIdElsewhere, "whoami"))
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
    }
  }

  @StoreTest
  void the_link_is_shown_again_until_it_is_used_once_by_its_user(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      String link = oauth.link(ADA, "whoami");

      assertThat(oauth.link(ADA, "whoami")).isEqualTo(link);
      assertThat(oauth.node.pending(ADA))
          .extracting(each -> each.link().toString())
          .containsExactly("http://127.0.0.1:8091/oauth/start/" + link);
      assertThat(oauth.node.pending(BOB)).isEmpty();
      assertThat(oauth.node.status(ADA, SERVER)).isInstanceOf(LoginStatus.LoginPending.class);
      assertNotYours(() -> oauth.node.begin(link, BOB, BROWSER));
      assertNotYours(() -> oauth.node.offer(link, BOB));
      oauth.node.begin(link, ADA, BROWSER);
      assertNotYours(() -> oauth.node.begin(link, ADA, BROWSER));
      assertThat(oauth.node.pending(ADA)).isEmpty();
      assertThat(oauth.link(ADA, "whoami")).isNotEqualTo(link);
    }
  }

  @StoreTest
  void a_link_runs_out_and_so_does_a_login(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      String old = oauth.link(ADA, "whoami");
      oauth.clock.pass(Duration.ofMinutes(11));
      assertNotYours(() -> oauth.node.begin(old, ADA, BROWSER));

      URI begun = oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER);
      URI answer = oauth.answer(begun);
      oauth.clock.pass(Duration.ofMinutes(11));
      assertNotYours(() -> oauth.node.finish(parameters(answer), ADA, BROWSER));
      assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();
    }
  }

  @StoreTest
  void an_answer_counts_once(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      URI answer = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      oauth.node.finish(parameters(answer), ADA, BROWSER);

      assertNotYours(() -> oauth.node.finish(parameters(answer), ADA, BROWSER));
      assertThat(oauth.authorization.requests(Endpoint.TOKEN)).hasSize(1);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void another_browser_or_user_gets_nothing(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      URI first = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      assertNotYours(() -> oauth.node.finish(parameters(first), ADA, "another browser"));
      URI second = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      assertNotYours(() -> oauth.node.finish(parameters(second), BOB, BROWSER));
      assertNotYours(() -> oauth.node.finish(parameters(second), ADA, BROWSER));
      assertNotYours(() -> oauth.node.finish(Map.of("state", List.of("made up")), ADA, BROWSER));
      assertNotYours(() -> oauth.node.finish(Map.of("state", List.of("a", "b")), ADA, BROWSER));

      assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();
      assertThat(oauth.node.status(ADA, SERVER)).isInstanceOf(LoginStatus.LoginFailed.class);
    }
  }

  @StoreTest
  void an_answer_of_another_issuer_is_not_used(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      for (Iss iss : List.of(Iss.WRONG, Iss.WITH_SLASH, Iss.ABSENT)) {
        oauth.authorization.script().iss(iss);
        URI answer = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
        assertThatExceptionOfType(OAuthFailure.class)
            .isThrownBy(() -> oauth.node.finish(parameters(answer), ADA, BROWSER))
            .withMessageContaining("not of the authorization server that was asked");
      }
      assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();
    }
  }

  @StoreTest
  void without_a_promise_the_issuer_may_be_absent_but_not_wrong(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.script().without(Feature.ISS_ADVERTISED).iss(Iss.WRONG);
      URI answer = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      assertThatExceptionOfType(OAuthFailure.class)
          .isThrownBy(() -> oauth.node.finish(parameters(answer), ADA, BROWSER));
      assertThat(oauth.authorization.requests(Endpoint.TOKEN)).isEmpty();

      oauth.authorization.script().iss(Iss.ABSENT);
      oauth.login(ADA);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void an_error_is_told_only_where_its_issuer_is_right(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.script().denial("access_denied");
      URI answer = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      assertThatExceptionOfType(OAuthFailure.class)
          .isThrownBy(() -> oauth.node.finish(parameters(answer), ADA, BROWSER))
          .withMessageContaining("access_denied");
      assertThat(oauth.node.status(ADA, SERVER))
          .asInstanceOf(type(LoginStatus.LoginFailed.class))
          .extracting(LoginStatus.LoginFailed::why)
          .asString()
          .contains("access_denied");

      oauth.authorization.script().iss(Iss.WRONG);
      URI mixedUp = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
      assertThatExceptionOfType(OAuthFailure.class)
          .isThrownBy(() -> oauth.node.finish(parameters(mixedUp), ADA, BROWSER))
          .withMessageNotContaining("access_denied")
          .withMessageNotContaining("said no");
    }
  }

  @StoreTest
  void a_token_endpoint_that_fails_leaves_no_right_and_a_way_on(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      for (Fault fault :
          List.of(
              new Fault.Status(500),
              new Fault.EndlessBody(),
              new Fault.LostResponse(),
              new Fault.Body("{\"access_token\":\"a\\r\\nb\",\"token_type\":\"Bearer\"}"),
              new Fault.Body("{\"access_token\":\"a\",\"token_type\":\"DPoP\"}"),
              new Fault.Redirect(URI.create("http://127.0.0.1:1/elsewhere")))) {
        oauth.authorization.once(Endpoint.TOKEN, fault);
        URI answer = oauth.answer(oauth.node.begin(oauth.link(ADA, "whoami"), ADA, BROWSER));
        assertThatExceptionOfType(OAuthFailure.class)
            .as("%s", fault)
            .isThrownBy(() -> oauth.node.finish(parameters(answer), ADA, BROWSER));
        assertThat(oauth.node.status(ADA, SERVER)).isInstanceOf(LoginStatus.LoginFailed.class);
      }
      oauth.login(ADA);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void nothing_secret_stands_in_the_tables(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      String link = oauth.link(ADA, "whoami");
      String asked = dump(db, "oauth_logins");
      URI begun = oauth.node.begin(link, ADA, BROWSER);
      String open = asked + dump(db, "oauth_logins") + dump(db, "oauth_flows");
      oauth.finish(begun, ADA);
      String done = open + dump(db, "oauth_grants") + dump(db, "oauth_registrations");

      String token = OAuthUnderTest.value(oauth.node.authorization(ADA, oauth.target()));
      assertThat(done)
          .doesNotContain(link)
          .doesNotContain(token.substring("Bearer ".length()))
          .doesNotContain(parameters(begun).get("state").getFirst())
          .doesNotContain("refresh-")
          .doesNotContain("secret-")
          .doesNotContain(BROWSER);
    }
  }

  private static String dump(StoreUnderTest db, String table) {
    StringBuilder all = new StringBuilder();
    db.store()
        .jdbc()
        .sql("SELECT * FROM " + table)
        .query()
        .listOfRows()
        .forEach(
            row ->
                row.values()
                    .forEach(
                        value ->
                            all.append(
                                    value instanceof byte[] bytes
                                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                                        : value)
                                .append('\n')));
    return all.toString();
  }

  private static void assertNotYours(ThrowingCallable action) {
    assertThatExceptionOfType(OAuthFailure.class)
        .isThrownBy(action)
        .extracting(OAuthFailure::kind)
        .isEqualTo(OAuthFailure.Kind.NOT_YOURS);
  }
}
