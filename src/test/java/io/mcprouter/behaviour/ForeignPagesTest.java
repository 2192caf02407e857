package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page in a user's browser can do to the control plane without being told so: nothing. */
class ForeignPagesTest {
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    ObjectNode tickets =
        ServersFile.remote(
            "streamable-http", "http://127.0.0.1:9/mcp", Map.of("X-Key", "{{TICKETS_KEY}}"));
    tickets.put("startup", false).putObject("customUserVars").putObject("TICKETS_KEY");
    router = RouterUnderTest.start(new ServersFile().with("tickets", tickets));
  }

  @AfterAll
  static void stop() {
    router.close();
  }

  private static HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(router.control(path))
              .header("Content-Type", type)
              .method(method, BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Browsers send these without asking the router first whether they may. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void a_body_that_a_form_can_send_changes_nothing(String type) throws Exception {
    String variables = "/api/servers/tickets/variables";
    assertThat(send("PUT", variables, type, "{\"TICKETS_KEY\":\"x\"}").statusCode()).isEqualTo(415);
    assertThat(send("POST", "/api/keys", type, "{\"label\":\"x\"}").statusCode()).isEqualTo(415);
    Api api = Api.of(router);
    assertThat(api.get(variables).json().at("/variables/0/set").asBoolean()).isFalse();
    assertThat(api.get("/api/keys").body()).doesNotContain("\"x\"");
  }

  @Test
  void a_browser_gets_no_session_that_it_would_send_along() {
    for (String path : List.of("/api/servers", "/api/keys", "/actuator/health", "/nowhere")) {
      assertThat(Api.of(router).get(path).headers()).as(path).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void nothing_of_the_control_plane_runs_or_is_framed() {
    for (String path : List.of("/api/servers", "/actuator/health", "/nowhere")) {
      assertThat(Api.of(router).get(path).headers().get("content-security-policy"))
          .as(path)
          .singleElement()
          .asString()
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void a_foreign_name_leads_nowhere() throws Exception {
    HttpResponse<String> own = send("GET", "/api/servers", "application/json", "");
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(
            io.mcprouter.testkit.RawHttp.of(router.control("/").getPort(), "GET", "/api/servers")
                .header("Host", "evil.example")
                .send()
                .status())
        .isEqualTo(403);
  }
}
