package io.mcprouter.oauth;

import static io.mcprouter.oauth.OAuthUnderTest.ADA;
import static io.mcprouter.oauth.OAuthUnderTest.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthOptions.Grant;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.SpringAuthorizationServer;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against an implementation of authorization that owes nothing to ours. */
class SpringLoginTest {
  @Test
  void a_user_logs_in_renews_and_disconnects() throws Exception {
    try (SpringAuthorizationServer spring = SpringAuthorizationServer.start();
        StoreUnderTest db = StoreUnderTest.on(Database.H2);
        OAuthUnderTest oauth =
            new OAuthUnderTest(
                db, ProtectedMcpServer.start(List.of(spring.issuer()), spring::valid))) {
      oauth.server.protection().scope("mcp:basic");
      oauth.written(
          OAuthUnderTest.NOTHING_WRITTEN,
          new OAuthOptions(
              Grant.AUTHORIZATION_CODE, null, null, null, null, spring.initialToken(), null, null));
      oauth.login(ADA);
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200").contains("spring-user");
      String first = OAuthUnderTest.value(oauth.node.authorization(ADA, oauth.target()));

      oauth.clock.pass(Duration.ofMinutes(5));
      assertThat(oauth.call(oauth.node, ADA, "whoami")).startsWith("200");
      String second = OAuthUnderTest.value(oauth.node.authorization(ADA, oauth.target()));
      assertThat(second).isNotEqualTo(first);

      oauth.node.revoke(ADA, SERVER);
      assertThat(spring.valid(second.substring("Bearer ".length()))).isEmpty();
      assertThatExceptionOfType(McpFailure.class)
          .isThrownBy(() -> oauth.call(oauth.node, ADA, "whoami"))
          .extracting(McpFailure::kind)
          .isEqualTo(McpFailure.Kind.LOGIN_REQUIRED);
    }
  }
}
