package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.NOTHING_WRITTEN;
import static io.mcprouter.oauth.OAuthUnderTest.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which authorization servers see what the administrator wrote under {@code oauth_headers}. */
class OAuthHeadersTest {
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

  private void written(OAuthSettings settings) {
    oauth.target(target -> with(settings, target.url()));
  }

  private static OAuthTarget with(OAuthSettings settings, URI url) {
    return new OAuthTarget(
        SERVER,
        url,
        null,
        settings,
        Map.of("X-Gateway", "canary"),
        OAuthOptions.NONE,
        Authorization.DEFAULT_WAIT,
        Authorization.DEFAULT_WAIT);
  }

  private static List<RecordedRequest> without(
      ScriptedAuthorizationServer server, Endpoint... browsers) {
    return server.requests().stream()
        .filter(each -> !List.of(browsers).contains(each.endpoint()))
        .filter(each -> !each.header("x-gateway").equals("canary"))
        .toList();
  }

  @Test
  void the_first_issuer_that_is_found_sees_them() throws Exception {
    written(NOTHING_WRITTEN);
    oauth.login(ADA);
    oauth.clock.pass(Duration.ofHours(2));
    assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
    oauth.node.revoke(ADA, SERVER);

    assertThat(oauth.authorization.requests())
        .extracting(RecordedRequest::endpoint)
        .contains(Endpoint.METADATA, Endpoint.REGISTRATION, Endpoint.TOKEN, Endpoint.REVOCATION);
    assertThat(without(oauth.authorization, Endpoint.AUTHORIZATION)).isEmpty();
  }

  @Test
  void an_issuer_that_the_server_names_later_does_not() throws Exception {
    written(NOTHING_WRITTEN);
    oauth.login(ADA);
    try (ScriptedAuthorizationServer next = ScriptedAuthorizationServer.start()) {
      oauth.server.protection().authorizedBy(next);
      oauth.login(ADA);
      oauth.clock.pass(Duration.ofHours(2));
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      oauth.node.revoke(ADA, SERVER);

      assertThat(next.requests(Endpoint.REVOCATION)).isNotEmpty();
      assertThat(without(next)).hasSameSizeAs(next.requests());

      oauth.server.protection().authorizedBy(oauth.authorization);
      oauth.authorization.forgetRequests();
      oauth.login(ADA);
      assertThat(without(oauth.authorization, Endpoint.AUTHORIZATION)).isEmpty();
    }
  }

  @Test
  void an_issuer_that_is_not_who_it_says_keeps_nobody_else_out() throws Exception {
    written(NOTHING_WRITTEN);
    try (ScriptedAuthorizationServer wrong = ScriptedAuthorizationServer.start()) {
      wrong.script().metadata((form, document) -> document.put("issuer", "https://other.example"));
      oauth.server.protection().authorizedBy(wrong);
      assertThat(refused()).contains("another issuer");
    }
    oauth.server.protection().authorizedBy(oauth.authorization);
    oauth.login(ADA);
    assertThat(without(oauth.authorization, Endpoint.AUTHORIZATION)).isEmpty();
  }

  private String refused() {
    try {
      throw new AssertionError(oauth.call(oauth.node, ADA, "whoami"));
    } catch (io.mcprouter.transport.spi.McpFailure e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void where_endpoints_are_written_no_other_place_sees_them() throws Exception {
    try (ScriptedAuthorizationServer named = ScriptedAuthorizationServer.start()) {
      oauth.authorization.add(RegisteredClient.isPublic("written"));
      written(
          new OAuthSettings(
              oauth.authorization.uri(Endpoint.AUTHORIZATION).toString(),
              oauth.authorization.uri(Endpoint.TOKEN).toString(),
              null,
              null,
              "written",
              null,
              null,
              null,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              true,
              null,
              true,
              true));
      oauth
          .server
          .protection()
          .metadata(document -> document.putArray("authorization_servers").add(named.issuer()));
      oauth.login(ADA);

      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      assertThat(oauth.authorization.requests(Endpoint.TOKEN))
          .isNotEmpty()
          .allMatch(each -> each.header("x-gateway").equals("canary"));
      assertThat(named.requests()).isNotEmpty();
      assertThat(without(named)).hasSameSizeAs(named.requests());
    }
  }
}
