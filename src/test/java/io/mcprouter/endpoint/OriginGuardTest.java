package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.endpoint.EndpointSettings.Limits;
import io.mcprouter.endpoint.EndpointSettings.Times;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may call the router, and under which names it answers. */
class OriginGuardTest {
  private final OriginGuard guard =
      new OriginGuard(
          new EndpointSettings(
              "127.0.0.1",
              0,
              URI.create("https://mcp.example/base"),
              Set.of("https://chat.example"),
              Limits.DEFAULT,
              Times.DEFAULT));
  private final RawRequests requests = new RawRequests(this::handle);

  private void handle(HttpServerRequest request) {
    if (!guard.admits(request)) {
      return;
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      guard.preflight(request);
    } else {
      request.response().end("in");
    }
  }

  @AfterEach
  void close() {
    requests.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8090",
        "LOCALHOST:1",
        "127.0.0.1:8090",
        "[::1]:8090",
        "[::1]",
        "mcp.example",
        "MCP.example"
      })
  void the_routers_own_names_are_answered(String host) throws Exception {
    assertThat(requests.send("POST", "Host: " + host)).startsWith("HTTP/1.1 200").endsWith("in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8090", "127.0.0.2",
        "10.0.0.1:8090", "mcp.example.evil", "mcp.example:8443", "[::2]:8090"
      })
  void a_foreign_name_is_refused(String host) throws Exception {
    assertThat(requests.send("POST", "Host: " + host))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("evil");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8090, http://localhost:8090",
    "mcp.example, https://mcp.example",
    "localhost:8090, https://chat.example",
    "mcp.example, https://chat.example"
  })
  void pages_of_the_router_and_of_allowed_origins_may_call(String host, String origin)
      throws Exception {
    assertThat(requests.send("POST", "Host: " + host, "Origin: " + origin))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("access-control-allow-origin: " + origin)
        .containsIgnoringCase("vary: origin")
        .containsIgnoringCase("access-control-expose-headers: Mcp-Session-Id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example", "null", "http://localhost:3000", "http://chat.example",
        "https://chat.example.evil", "localhost:8090", "", "https://mcp.example:444"
      })
  void pages_of_other_origins_may_not(String origin) throws Exception {
    assertThat(requests.send("POST", "Host: localhost:8090", "Origin: " + origin))
        .startsWith("HTTP/1.1 403")
        .doesNotContainIgnoringCase("access-control-allow-origin");
  }

  @Test
  void a_preflight_of_an_allowed_origin_is_answered() throws Exception {
    String answer =
        requests.send(
            "OPTIONS",
            "Host: localhost:8090",
            "Origin: https://chat.example",
            "Access-Control-Request-Method: POST");
    assertThat(answer)
        .startsWith("HTTP/1.1 204")
        .containsIgnoringCase("access-control-allow-methods: GET, POST, DELETE")
        .contains("Mcp-Session-Id")
        .contains("Last-Event-ID")
        .contains("Authorization");
  }

  @Test
  void a_preflight_of_another_origin_is_refused() throws Exception {
    assertThat(requests.send("OPTIONS", "Host: localhost:8090", "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 403");
  }
}
