package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Hosts, commands and faults of entries are shown to administrators and to nobody else. */
class OperatorDetailsTest {
  private static final String SERVERS =
      """
      mcpServers:
        http: {type: streamable-http, url: "http://127.0.0.1:9/inner"}
        sse: {type: sse, url: "http://127.0.0.1:9/inner"}
        ws: {type: websocket, url: "ws://127.0.0.1:9/inner"}
        child: {type: stdio, command: inner-program-that-is-not-there}
        failed: {type: streamable-http, url: "inner-host"}
      """;
  private static final Pattern INNER = Pattern.compile("127\\.0\\.0\\.1|:9|inner");
  private static final Pattern ID = Pattern.compile("log says why, under ([0-9a-f]{8})");
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    router = RouterUnderTest.start(SERVERS, ProxyUsers.settings());
  }

  @AfterAll
  static void stop() {
    router.close();
  }

  private static List<String> ids(String text) {
    return ID.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(s -> s.substring(s.length() - 8))
        .toList();
  }

  private static String initialize(String server, North north, String... roles) {
    try (McpClient client =
        ProxyUsers.client(router, "ada-" + north + roles.length, roles)
            .over(north)
            .server(server)
            .connect()) {
      return client.initialized().raw();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sse", "ws", "child"})
  void a_failed_call_names_no_host_or_command_to_a_user(String server) {
    String told = initialize(server, North.HTTP, "support");
    assertThat(told).contains("error", server, "unavailable").doesNotContainPattern(INNER);
    assertThat(ids(told)).hasSize(1);
    assertThat(initialize(server, North.HTTP, "admin")).containsPattern(INNER);
  }

  @ParameterizedTest
  @EnumSource
  void that_is_so_at_every_door(North north) {
    assertThat(initialize("http", north, "support"))
        .contains("unavailable")
        .doesNotContainPattern(INNER);
  }

  @Test
  void the_id_stands_in_the_log_with_the_whole_sentence() {
    Logger log = (Logger) LoggerFactory.getLogger(Disclosure.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    try (RouterUnderTest other = RouterUnderTest.start(SERVERS, ProxyUsers.settings())) {
      log.addAppender(lines);
      log.setLevel(Level.INFO);
      String told = ProxyUsers.api(other, "bo").post("/api/servers/http/initialize").at("/message");
      assertThat(ids(told)).hasSize(1);
      String again = ProxyUsers.api(other, "bo").get("/api/servers/http/status").at("/reason");
      assertThat(ids(again)).isEqualTo(ids(told));
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anySatisfy(line -> assertThat(line).contains(ids(told).getFirst(), "127.0.0.1:9"));
    } finally {
      log.detachAppender(lines);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "child"})
  void the_api_names_no_host_or_command_to_a_user(String server) {
    Api user = ProxyUsers.api(router, "cy", "support");
    Api.Answer failed = user.post("/api/servers/" + server + "/initialize");
    assertThat(failed.at("/failureReason")).isEqualTo("unavailable");
    assertThat(failed.body()).doesNotContainPattern(INNER);
    assertThat(user.get("/api/servers").body()).doesNotContainPattern(INNER);
    assertThat(user.get("/api/servers/" + server + "/status").at("/reason"))
        .contains("cannot be reached")
        .doesNotContainPattern(INNER);
    assertThat(user.post("/api/servers/" + server + "/login").body()).doesNotContainPattern(INNER);

    Api admin = ProxyUsers.api(router, "cy-admin", "ADMIN");
    assertThat(admin.post("/api/servers/" + server + "/initialize").at("/message"))
        .containsPattern(INNER);
    assertThat(admin.get("/api/servers/" + server + "/status").at("/reason"))
        .containsPattern(INNER);
  }

  @Test
  void why_an_entry_cannot_be_used_is_for_administrators() throws Exception {
    assertThat(post("/servers/failed/mcp", "support"))
        .contains("cannot be used")
        .containsPattern(ID)
        .doesNotContain("url:", "inner");
    assertThat(post("/servers/failed/mcp", "admin")).contains("cannot be used: failed.url:");
  }

  private static String post(String path, String role) throws IOException, InterruptedException {
    URI uri = router.uri(path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri)
                  .header("X-MCP-Router-Secret", ProxyUsers.SECRET)
                  .header("X-MCP-User-Id", "dan")
                  .header("X-MCP-User-Roles", role)
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      return answer.body();
    }
  }
}
