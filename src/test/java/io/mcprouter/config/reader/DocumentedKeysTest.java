package io.mcprouter.config.reader;

import static io.mcprouter.config.reader.ReadFiles.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.UserVariable;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LibreChat's documentation says of an entry's other keys, sentence by sentence. */
class DocumentedKeysTest {
  @Nested
  class Presentation {
    @Test
    void is_in_the_chat_menu_by_default() {
      assertThat(server("command: npx").presentation().chatMenu()).isTrue();
      assertThat(server("command: npx\nchatMenu: false").presentation().chatMenu()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/path/to/icon.svg", "https://example.com/i.png", "data:image/png;base64,AA=="})
    void has_an_icon(String icon) {
      assertThat(server("command: npx\niconPath: " + icon).presentation().iconPath())
          .isEqualTo(icon);
    }

    @Test
    void has_a_title_which_is_the_name_by_default() {
      assertThat(server("command: npx").title()).isEqualTo("a");
      assertThat(server("command: npx\ntitle: Files\ndescription: All of them").title())
          .isEqualTo("Files");
    }
  }

  @Nested
  class Instructions {
    @Test
    void are_absent_by_default() {
      assertThat(server("command: npx").instructions()).isEqualTo(ServerInstructions.Choice.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "'TRUE'", "\"True\""})
    void are_the_servers_own_with_true(String value) {
      assertThat(server("command: npx\nserverInstructions: " + value).instructions())
          .isEqualTo(ServerInstructions.Choice.FROM_SERVER);
    }

    @Test
    void are_off_with_false() {
      assertThat(server("command: npx\nserverInstructions: false").instructions())
          .isEqualTo(ServerInstructions.Choice.OFF);
    }

    @Test
    void are_the_administrators_text_with_a_text() {
      assertThat(server("command: npx\nserverInstructions: |\n  One\n  Two").instructions())
          .isEqualTo(new ServerInstructions.Text("One\nTwo\n"));
    }
  }

  @Nested
  class Times {
    @Test
    void have_the_documented_defaults() {
      ServerDefinition server = server("command: npx");
      assertThat(server.timeouts().timeout()).isEqualTo(Duration.ofSeconds(30));
      assertThat(server.timeouts().initTimeout()).isEqualTo(Duration.ofSeconds(10));
      assertThat(server.timeouts().sseReadTimeout()).isEqualTo(Duration.ofMinutes(5));
      assertThat(server.router().listWait()).isEqualTo(Duration.ofSeconds(2));
      assertThat(server.router().maxTimeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void are_in_milliseconds() {
      ServerDefinition server =
          server("command: npx\ntimeout: 60000\ninitTimeout: 15000\nsseReadTimeout: 1000");
      assertThat(server.timeouts().timeout()).isEqualTo(Duration.ofMinutes(1));
      assertThat(server.timeouts().initTimeout()).isEqualTo(Duration.ofSeconds(15));
      assertThat(server.timeouts().sseReadTimeout()).isEqualTo(Duration.ofSeconds(1));
      assertThat(server.router().maxTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void that_look_like_seconds_are_warned_of() {
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry("command: npx\ntimeout: 60"))))
          .singleElement()
          .asString()
          .contains("a.timeout: is 60 ms");
    }
  }

  @Nested
  class Startup {
    @Test
    void is_on_by_default_and_off_with_false() {
      assertThat(server("command: npx").startup()).isTrue();
      assertThat(server("command: npx\nstartup: false").startup()).isFalse();
    }
  }

  @Nested
  class CustomUserVars {
    @Test
    void have_a_title_and_perhaps_a_description_with_html() {
      ServerDefinition server =
          server(
              """
              command: npx
              customUserVars:
                B_KEY:
                  title: "B"
                  description: "<a href='https://example.com' target='_blank'>More</a>"
                A_KEY:
                  title: "A"
                  sensitive: false
              """);
      assertThat(server.userVariables())
          .containsExactly(
              java.util.Map.entry(
                  "B_KEY",
                  new UserVariable(
                      "B", "<a href='https://example.com' target='_blank'>More</a>", true)),
              java.util.Map.entry("A_KEY", new UserVariable("A", null, false)));
    }
  }

  /** LibreChat's key is one of the router's grants. */
  @Nested
  class Grants {
    private static final String REMOTE = "type: streamable-http\nurl: https://example.com/mcp\n";

    @Test
    void are_a_login_by_default() {
      assertThat(server(REMOTE).router().oauth()).isSameAs(OAuthOptions.NONE);
    }

    @Test
    void are_on_behalf_of_the_caller_with_obo() {
      OAuthOptions options = server(REMOTE + "obo: {scopes: a b}").router().oauth();
      assertThat(options.grant()).isEqualTo(OAuthOptions.Grant.ON_BEHALF_OF);
      assertThat(options.scope()).isEqualTo("a b");
    }

    @Test
    void are_named_under_router() {
      OAuthOptions options =
          server(
                  REMOTE
                      + "router: {oauth: {grant: identity_assertion, clientId: c, clientSecret: s,"
                      + " identityProvider: {tokenUrl: 'https://idp.example/token', clientId: r}}}")
              .router()
              .oauth();
      assertThat(options.grant()).isEqualTo(OAuthOptions.Grant.IDENTITY_ASSERTION);
      assertThat(options.clientId()).isEqualTo("c");
      assertThat(options.identityProvider())
          .isEqualTo(new OAuthOptions.IdentityProvider("https://idp.example/token", "r", null));
      assertThat(options.toString()).doesNotContain("clientSecret=s");
    }
  }
}
