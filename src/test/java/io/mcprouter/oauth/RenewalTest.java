package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.StoreTest;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.Feature;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens end; the right does not, unless its authorization server says so. */
class RenewalTest {
  @StoreTest
  void a_token_is_renewed_before_it_ends_with_all_that_belongs_to_it(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.written(withAudience(true), OAuthOptions.NONE);
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofMinutes(59));

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");

      List<RecordedRequest> refreshes = oauth.authorization.tokenRequests("refresh_token");
      assertThat(refreshes).hasSize(1);
      assertThat(refreshes.getFirst().parameter("resource"))
          .isEqualTo(oauth.server.url(South.HTTP));
      assertThat(refreshes.getFirst().parameter("audience")).isEqualTo("the-audience");
    }
  }

  private static OAuthSettings withAudience(boolean forwarded) {
    return new OAuthSettings(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        "the-audience",
        forwarded,
        true);
  }

  @StoreTest
  void a_token_that_the_server_refuses_is_renewed_once(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.authorization.expireAccessTokens();

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(1);
    }
  }

  @StoreTest
  void the_old_refresh_token_stays_where_no_new_one_comes(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.script().without(Feature.ROTATION);
      oauth.login(ADA);
      for (int round = 0; round < 3; round++) {
        oauth.clock.pass(Duration.ofHours(1));
        assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      }
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(3);
    }
  }

  @StoreTest
  void a_right_that_has_ended_asks_for_a_login(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.authorization.endGrants();

      assertThat(oauth.link(ADA, "whoami")).isNotEmpty();
      assertThat(oauth.link(ADA, "whoami")).isNotEmpty();
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(1);
      oauth.login(ADA);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void a_server_that_is_down_loses_no_right(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofHours(2));
      for (Fault fault :
          List.of(new Fault.Status(500), new Fault.Status(429), new Fault.Body("?"))) {
        oauth.authorization.once(Endpoint.TOKEN, fault);
        assertThatExceptionOfType(McpFailure.class)
            .as("%s", fault)
            .isThrownBy(() -> oauth.call(oauth.node, ADA, "whoami"))
            .extracting(McpFailure::kind)
            .isEqualTo(McpFailure.Kind.UNAVAILABLE);
        int asked = oauth.authorization.tokenRequests("refresh_token").size();
        assertThatExceptionOfType(McpFailure.class)
            .isThrownBy(() -> oauth.call(oauth.node, ADA, "whoami"));
        assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(asked);
        oauth.clock.pass(Duration.ofMinutes(3));
      }
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.node.status(ADA, SERVER)).isInstanceOf(LoginStatus.Authorized.class);
    }
  }

  @StoreTest
  void a_token_with_time_left_is_used_while_no_new_one_comes(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofSeconds(3595));
      oauth.authorization.always(Endpoint.TOKEN, new Fault.Status(503));

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void a_lost_answer_ends_in_a_login_and_not_in_a_loop(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofHours(2));
      oauth.authorization.once(Endpoint.TOKEN, new Fault.LostResponse());
      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, ADA, "whoami"))
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.UNAVAILABLE);
      oauth.clock.pass(Duration.ofMinutes(1));

      assertThat(oauth.link(ADA, "whoami")).isNotEmpty();
      oauth.login(ADA);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    }
  }

  @StoreTest
  void scopes_that_are_refused_are_left_out(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.server.protection().scope("mcp:basic");
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofHours(1));
      oauth.authorization.once(Endpoint.TOKEN, new Fault.OAuthError("invalid_scope"));

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.tokenRequests("refresh_token"))
          .extracting(each -> each.parameter("scope"))
          .containsExactly("mcp:basic", "");
    }
  }

  @StoreTest
  void a_server_that_says_no_lifetime_gets_an_hour(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.authorization.script().without(Feature.LIFETIME_TOLD);
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofMinutes(50));
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.tokenRequests("refresh_token")).isEmpty();
      oauth.clock.pass(Duration.ofMinutes(10));
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(1);
    }
  }

  @StoreTest
  void a_server_that_refuses_each_new_token_is_not_asked_forever(StoreUnderTest db)
      throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      for (int round = 0; round < 10; round++) {
        oauth.authorization.expireAccessTokens();
        try {
          oauth.call(oauth.node, ADA, "whoami");
        } catch (McpFailure e) {
          assertThat(e.getMessage()).contains("refuses each new token");
        }
      }
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSizeLessThanOrEqualTo(3);
    }
  }

  @StoreTest
  void a_client_that_was_forgotten_is_registered_again_once(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.authorization.forgetClients();
      oauth.clock.pass(Duration.ofHours(1));

      oauth.login(ADA);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.requests(Endpoint.REGISTRATION)).hasSize(2);
    }
  }

  @StoreTest
  void a_token_goes_only_where_it_was_got_for(StoreUnderTest db) throws Exception {
    try (OAuthUnderTest oauth = new OAuthUnderTest(db)) {
      oauth.login(ADA);
      oauth.target(target -> new OAuthTarget(SERVER, URI.create("https://moved.example/mcp")));

      assertThat(OAuthUnderTest.value(oauth.node.authorization(ADA, oauth.target()))).isNull();
      assertThat(oauth.node.status(ADA, SERVER)).isInstanceOf(LoginStatus.NotNeeded.class);
    }
  }

  /** Two nodes, 200 calls, one refresh: a second one would end the right of everybody. */
  @ParameterizedTest
  @EnumSource(Database.class)
  void of_all_calls_on_all_nodes_one_refreshes(Database database) throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(database);
        OAuthUnderTest oauth = new OAuthUnderTest(db);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      OAuth other = oauth.node(db.openAnother());
      oauth.login(ADA);
      assertThat(oauth.call(other, ADA, "whoami")).startsWith("200");
      oauth.authorization.expireAccessTokens();
      List<Future<String>> calls = new ArrayList<>();
      for (int call = 0; call < 200; call++) {
        OAuth node = call % 2 == 0 ? oauth.node : other;
        calls.add(callers.submit(() -> oauth.call(node, ADA, "whoami")));
      }
      for (Future<String> call : calls) {
        assertThat(call.get()).startsWith("200");
      }
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(1);
    }
  }

  /** Three refreshes wait for the one authorization server; the other one answers at once. */
  @Test
  void a_slow_authorization_server_holds_up_no_other() throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(Database.H2);
        OAuthUnderTest slow = new OAuthUnderTest(db);
        ScriptedAuthorizationServer quick = ScriptedAuthorizationServer.start();
        ProtectedMcpServer elsewhere = ProtectedMcpServer.start(quick);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Caller> users = IntStream.range(0, 8).mapToObj(RenewalTest::user).toList();
      for (Caller user : users) {
        slow.login(user);
      }
      OAuthTarget other = new OAuthTarget("other", URI.create(elsewhere.url(South.HTTP)));
      Authorization right = slow.node.authorization(ADA, other);
      slow.onPages(other);
      slow.finish(
          slow.node.begin(OAuthUnderTest.link(right, "Bearer", null), ADA, OAuthUnderTest.BROWSER),
          ADA);
      slow.clock.pass(Duration.ofHours(2));
      Fault.Hold hold = new Fault.Hold();
      slow.authorization.always(Endpoint.TOKEN, hold);
      List<Future<String>> waiting =
          users.stream()
              .map(user -> callers.submit(() -> slow.call(slow.node, user, "whoami")))
              .toList();
      hold.awaitArrival();

      assertThat(right.value().get(20, TimeUnit.SECONDS)).startsWith("Bearer ");

      assertThat(quick.tokenRequests("refresh_token")).hasSize(1);
      assertThat(waiting).noneMatch(Future::isDone);
      hold.release();
      for (Future<String> call : waiting) {
        assertThat(call.get()).startsWith("200");
      }
    }
  }

  private static Caller user(int number) {
    return new Caller("user-" + number, Map.of());
  }

  /** A node that comes while another one refreshes waits for it, and takes what that one got. */
  @ParameterizedTest
  @EnumSource(Database.class)
  void a_node_waits_for_another_that_refreshes(Database database) throws Exception {
    try (StoreUnderTest db = StoreUnderTest.on(database);
        OAuthUnderTest oauth = new OAuthUnderTest(db);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      OAuth other = oauth.node(db.openAnother());
      oauth.login(ADA);
      assertThat(oauth.call(other, ADA, "whoami")).startsWith("200");
      oauth.authorization.expireAccessTokens();
      Fault.Hold refresh = oauth.authorization.hold(Endpoint.TOKEN);
      Future<String> first = callers.submit(() -> oauth.call(oauth.node, ADA, "whoami"));
      refresh.awaitArrival();
      Future<String> second = callers.submit(() -> oauth.call(other, ADA, "whoami"));
      await().until(() -> second.isDone() || isSomebodyWaiting(db, database));
      refresh.release();

      assertThat(first.get()).startsWith("200");
      assertThat(second.get()).startsWith("200");
      assertThat(oauth.authorization.tokenRequests("refresh_token")).hasSize(1);
    }
  }

  private static boolean isSomebodyWaiting(StoreUnderTest db, Database database) {
    String waiting =
        switch (database) {
          case H2 -> "information_schema.sessions WHERE blocker_id IS NOT NULL";
          case POSTGRESQL ->
              "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        };
    String count = "SELECT count(*) FROM " + waiting;
    return db.store().jdbc().sql(count).query(Long.class).single() > 0;
  }
}
