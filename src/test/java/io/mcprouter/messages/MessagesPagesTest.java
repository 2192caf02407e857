package io.mcprouter.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on messages: what they show is what happens. */
class MessagesPagesTest {
  private static final Path REFERENCE = Path.of("docs/reference/messages.md");
  private static final Path HOW_TO = Path.of("docs/how-to/call-tools-from-messages.md");
  private static final Path METADATA =
      Path.of("src/generated/resources/META-INF/io/mcprouter/integration/message/mcp-message.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<String> blocks(Path page, String language) throws IOException {
    Matcher fences =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(page));
    List<String> blocks = new ArrayList<>();
    while (fences.find()) {
      blocks.add(fences.group(1));
    }
    assertThat(blocks).isNotEmpty();
    return blocks;
  }

  private static JsonSchema schema(String definition) throws IOException {
    JsonNode schema = JSON.readTree(Path.of("config/messages.schema.json").toFile());
    ((com.fasterxml.jackson.databind.node.ObjectNode) schema)
        .remove(List.of("oneOf"))
        .put("$ref", "#/$defs/" + definition);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  @Test
  void messages_and_answers_that_are_shown_are_as_the_schema_says() throws IOException {
    List<String> shown = blocks(REFERENCE, "json");
    assertThat(schema("message").validate(JSON.readTree(shown.get(0)))).isEmpty();
    assertThat(schema("answer").validate(JSON.readTree(shown.get(1)))).isEmpty();
    assertThat(schema("message").validate(JSON.readTree(blocks(HOW_TO, "json").get(0)))).isEmpty();
    assertThat(schema("message").validate(JSON.readTree("{\"id\":\"1\",\"tool\":\"t\",\"x\":1}")))
        .isNotEmpty();
  }

  @Test
  void every_option_and_header_is_in_the_reference() throws IOException {
    JsonNode metadata = JSON.readTree(METADATA.toFile());
    String page = Files.readString(REFERENCE);
    TreeSet<String> names = new TreeSet<>();
    metadata.path("properties").fieldNames().forEachRemaining(names::add);
    names.remove("lazyStartProducer");
    Iterator<String> headers = metadata.path("headers").fieldNames();
    headers.forEachRemaining(names::add);
    assertThat(names).hasSizeGreaterThan(20).allSatisfy(name -> assertThat(page).contains(name));
  }

  @Test
  void the_record_of_the_page_is_answered_as_the_page_says(@TempDir Path routes) throws Exception {
    KafkaBroker.topics(1, "orders-calls", "orders-answers", "orders-dead");
    List<String> yaml = blocks(HOW_TO, "yaml");
    String route = yaml.get(1).replace("localhost:9092", KafkaBroker.address());
    assertThat(route).isNotEqualTo(yaml.get(1));
    List<String> json = blocks(HOW_TO, "json");
    try (RouterUnderTest router = Shipped.router(routes, route)) {
      assertThat(router.port()).isPositive();
      KafkaBroker.send("orders-calls", "k", json.get(0));
      String[] answer = new String[1];
      KafkaBroker.read(
          List.of("orders-answers"), record -> answer[0] = record.value(), () -> answer[0] != null);
      JsonNode shown = JSON.readTree(json.get(1));
      JsonNode came = JSON.readTree(answer[0]);
      shown
          .fieldNames()
          .forEachRemaining(name -> assertThat(came.get(name)).as(name).isEqualTo(shown.get(name)));
    }
  }
}
