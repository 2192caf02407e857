package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.South;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What {@code result-limit} cut is read by the user who called, and by nobody else. */
class ResultLimitTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static final String LONG = "é\uD83D\uDE00".repeat(100);
  private static final String IMAGE =
      "{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"%s\"}".formatted("A".repeat(200));
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = new Guarded("[{\"result-limit\": {\"characters\": 100, \"keepBytesOfUser\": 5000}}]");
    guarded.tool("long", Guarded.UNKNOWN, call -> call.text(LONG));
    guarded.tool("huge", Guarded.UNKNOWN, call -> call.text("x".repeat(6_000)));
    guarded.tool("short", Guarded.UNKNOWN, call -> call.text("fine"));
    guarded.tool(
        "many",
        Guarded.UNKNOWN,
        call ->
            call.result(
                "{\"content\":[{\"type\":\"text\",\"text\":\"short\"},%s,{\"type\":\"text\",\"text\":\"end\"}]}"
                    .formatted(IMAGE)));
    guarded.tool(
        "structured",
        Guarded.UNKNOWN,
        call ->
            call.result(
                "{\"content\":[],\"structuredContent\":{\"price\":1.50,\"all\":\"%s\"}}"
                    .formatted("A".repeat(200))));
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  private static McpClient.Setup everything(String user) {
    return McpClient.of(guarded.router()).user(user);
  }

  private static Message read(McpClient client, String uri) {
    return client.ask("resources/read", "{\"uri\":\"" + uri + "\"}");
  }

  /** The link at the end of a result's content. */
  private static String link(Message reply) {
    JsonNode content = reply.result().path("content");
    JsonNode last = content.path(content.size() - 1);
    assertThat(last.path("type").asText()).as("%s", reply).isEqualTo("resource_link");
    return last.path("uri").asText();
  }

  private static String whole(String link) {
    return link.substring(0, link.indexOf('?'));
  }

  /** Reads part after part, as the answers lead on. */
  private static String following(McpClient client, String link) {
    StringBuilder text = new StringBuilder();
    for (String uri = link; !uri.isEmpty(); ) {
      JsonNode result = read(client, uri).result();
      JsonNode part = result.path("contents").path(0);
      assertThat(part.path("uri").asText()).isEqualTo(uri);
      assertThat(part.path("text").asText()).hasSizeBetween(1, 100);
      text.append(part.path("text").asText());
      uri = result.path("_meta").path("io.mcprouter/next").asText("");
    }
    return text.toString();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_text_that_was_cut_is_read_part_by_part_or_at_once(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      Message reply = ann.call("long");
      String link = link(reply);

      assertThat(link)
          .matches("mcp-router://" + south.server() + "/results/[A-Za-z0-9_-]{22}\\?from=100");
      assertThat(reply.text())
          .contains("[cut: 100 of 300 characters", "for 900 s the rest can be read", "link below");
      assertThat(LONG.substring(0, 100) + following(ann, link)).isEqualTo(LONG);
      JsonNode contents = read(ann, whole(link)).result().path("contents");
      assertThat(contents).hasSize(1);
      assertThat(contents.path(0).path("text").asText()).isEqualTo(LONG);
      assertThat(contents.path(0).path("mimeType").asText()).isEqualTo("text/plain");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void the_merged_view_leads_the_link_to_the_server_that_it_names(South south) {
    try (McpClient ann = everything("ann").connect()) {
      String link = link(ann.call(south.server() + "__long"));

      assertThat(LONG.substring(0, 100) + following(ann, link)).isEqualTo(LONG);
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_part_says_where_to_read_on(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      JsonNode contents = read(ann, link(ann.call("long"))).result().path("contents");

      assertThat(contents).hasSize(2);
      assertThat(contents.path(1).path("text").asText())
          .startsWith("[shown up to 199 of 300 characters; read on at mcp-router://")
          .endsWith("?from=199]");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void an_image_that_was_left_out_is_a_blob_and_what_was_behind_it_follows(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      Message reply = ann.call("many");
      String link = link(reply);

      assertThat(reply.result().at("/content/1/text").asText())
          .startsWith(
              "[left out: content of 249 bytes, no room for it; 1 block behind it left out");
      JsonNode part = read(ann, link).result();
      assertThat(part.at("/contents/0/blob").asText()).isEqualTo("A".repeat(200));
      assertThat(part.at("/contents/0/mimeType").asText()).isEqualTo("image/png");
      String next = part.path("_meta").path("io.mcprouter/next").asText();
      assertThat(read(ann, next).result().at("/contents/0/text").asText()).isEqualTo("end");
      JsonNode all = read(ann, whole(link)).result().path("contents");
      assertThat(all).hasSize(3);
      assertThat(all.path(0).path("text").asText()).isEqualTo("short");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void structured_content_that_is_too_long_is_an_error_with_a_link(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      Message reply = ann.call("structured");
      String link = link(reply);

      assertThat(reply.result().path("isError").asBoolean()).isTrue();
      assertThat(reply.text()).contains("too large", "link below");
      JsonNode all = read(ann, whole(link)).result().path("contents");
      assertThat(all.path(0).path("mimeType").asText()).isEqualTo("application/json");
      assertThat(all.path(0).path("text").asText())
          .isEqualTo("{\"price\":1.50,\"all\":\"" + "A".repeat(200) + "\"}");
      assertThat(following(ann, link)).isEqualTo(all.path(0).path("text").asText());
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void another_user_gets_what_an_unknown_resource_gets(South south) {
    try (McpClient ann = everything("ann").connect();
        McpClient bob = everything("bob").connect();
        McpClient direct = guarded.client(south, "bob").connect()) {
      String link = link(ann.call(south.server() + "__long"));
      String unknown = link.replaceAll("results/.{22}", "results/" + "A".repeat(22));

      for (McpClient other : List.of(bob, direct)) {
        Message refused = read(other, link);
        assertThat(refused.error().path("code").asInt()).isEqualTo(-32002);
        assertThat(refused.error().path("message").asText())
            .isEqualTo("Resource not found: " + link);
        assertThat(read(other, unknown).error().path("code").asInt()).isEqualTo(-32002);
      }
      assertThat(read(ann, unknown).isError()).isTrue();
      assertThat(read(ann, whole(link) + "?from=300").isError()).as("behind the end").isTrue();
      assertThat(read(ann, link).isError()).isFalse();
    }
  }

  @Test
  void a_uri_of_any_length_is_looked_for() {
    try (McpClient ann = everything("ann").connect()) {
      ann.tools();
      assertThat(read(ann, "mcp-router://" + "a".repeat(1_000_000)).isError()).isTrue();
      assertThat(ann.say("http__short", "{}")).isEqualTo("fine");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_client_of_an_earlier_revision_reads_the_uri_in_the_text(South south) {
    try (McpClient ann = guarded.client(south, "ann").revision("2025-03-26").connect()) {
      Message reply = ann.call("long");

      assertThat(reply.result().path("content")).hasSize(1);
      String uri = reply.text().replaceFirst("(?s).*(mcp-router://[^;\\]]+\\?from=\\d+).*", "$1");
      assertThat(LONG.substring(0, 100) + following(ann, uri)).isEqualTo(LONG);
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void what_fits_and_what_exceeds_the_users_share_has_no_link(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      assertThat(ann.call("short").result().path("content")).hasSize(1);
      Message huge = ann.call("huge");

      assertThat(huge.result().path("content")).hasSize(1);
      assertThat(huge.text())
          .endsWith("[cut: 100 of 6000 characters are shown; ask for less, or for a part]");
    }
  }
}
