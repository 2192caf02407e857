package io.mcprouter.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/authorize",
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "http://[::1]:1/"
      })
  void https_and_loopback_may_be_used(String uri) {
    assertThatCode(() -> Endpoints.checked(uri, "it")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example/authorize",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vscode://x/y",
        "ftp://a.example/",
        "https:///x",
        "//a.example/x",
        "/x",
        "",
        "https://a b/",
        "https://user@a.example/",
        "https://a.example/#x",
        "http://localhost.evil.example/",
        "$(calc)",
        "https:a.example",
      })
  void nothing_else_may(String uri) {
    assertThatExceptionOfType(OAuthFailure.class).isThrownBy(() -> Endpoints.checked(uri, "it"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://s.example/mcp, https://s.example/mcp, true",
    "https://s.example/mcp/, https://s.example/mcp, true",
    "https://s.example, https://s.example/mcp, true",
    "https://s.example/, https://s.example/mcp, true",
    "https://S.example:443/mcp, https://s.example/mcp, true",
    "https://s.example/a, https://s.example/a/mcp, true",
    "https://s.example/ws, wss://s.example/ws, true",
    "http://s.example/mcp, https://s.example/mcp, false",
    "https://s.example:444/mcp, https://s.example/mcp, false",
    "https://other.example/mcp, https://s.example/mcp, false",
    "https://s.example/mc, https://s.example/mcp, false",
    "https://s.example/mcp/x, https://s.example/mcp, false",
    "https://s.example.evil.example/mcp, https://s.example/mcp, false",
    "https://s.example@evil.example/mcp, https://s.example/mcp, false",
    "https://s.example/mcp#x, https://s.example/mcp, false",
    "https://s.example/mcp?a=1, https://s.example/mcp, false",
    "urn:x, https://s.example/mcp, false",
  })
  void a_resource_is_the_server_or_holds_it(String resource, URI server, boolean holds) {
    assertThat(Endpoints.holds(resource, server)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "https://S.example/, https://s.example",
    "https://s.example, https://s.example",
    "https://s.example:443/mcp, https://s.example/mcp",
    "https://s.example/mcp/, https://s.example/mcp/",
    "https://s.example/mcp#x, https://s.example/mcp",
    "wss://s.example:8443/ws, https://s.example:8443/ws",
  })
  void a_server_has_one_name(URI server, String name) {
    assertThat(Endpoints.canonical(server)).isEqualTo(name);
  }

  @Test
  void metadata_has_many_places() {
    assertThat(WellKnown.resource(URI.create("https://s.example/a/mcp?x=1")))
        .extracting(URI::toString)
        .containsExactly(
            "https://s.example/.well-known/oauth-protected-resource/a/mcp",
            "https://s.example/.well-known/oauth-protected-resource");
    assertThat(WellKnown.oauth(URI.create("https://a.example/t")))
        .extracting(URI::toString)
        .containsExactly("https://a.example/.well-known/oauth-authorization-server/t");
    assertThat(WellKnown.openId(URI.create("https://a.example/t")))
        .extracting(URI::toString)
        .containsExactly(
            "https://a.example/.well-known/openid-configuration/t",
            "https://a.example/t/.well-known/openid-configuration");
    assertThat(WellKnown.openId(URI.create("https://a.example")))
        .extracting(URI::toString)
        .containsExactly("https://a.example/.well-known/openid-configuration");
  }
}
