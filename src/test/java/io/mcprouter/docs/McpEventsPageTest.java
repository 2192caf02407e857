package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page, as they stand there, in a router. */
class McpEventsPageTest {
  private static final Path PAGE = Path.of("docs/reference/mcp-events.md");
  private static final Path CATALOG =
      Path.of("src/generated/resources/META-INF/io/mcprouter/integration/event/mcp-events.json");
  private static final Set<String> CAMELS_OWN =
      Set.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern");
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void the_examples_hear_of_what_happens(@TempDir Path directory) throws Exception {
    Path routes = Files.createDirectory(directory.resolve("routes"));
    for (Block block : Pages.blocks(PAGE)) {
      Files.writeString(routes.resolve(block.line() + ".camel.yaml"), block.text());
    }
    List<String> everything =
        Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    try (Peer counters = Peer.behaviour(South.HTTP);
        RouterUnderTest router =
            RouterUnderTest.start(
                new ServersFile()
                    .with("everything", ServersFile.program(everything, Map.of()))
                    .with("counters", counters.sharedEntry()),
                "mcp-router.routes.directory=" + routes)) {
      CamelContext camel = router.bean(CamelContext.class);
      call(camel, "mcp-call:everything/echo");

      ConsumerTemplate consumer = camel.createConsumerTemplate();
      assertThat(consumer.receiveBody("seda:changes", PATIENCE.toMillis(), String.class))
          .isEqualTo("everything: status connected");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Object value = call(camel, "mcp-call:counters/bump");
                return value.equals(consumer.receiveBody("seda:values", 500));
              });
    }
  }

  private static Object call(CamelContext camel, String uri) throws Exception {
    return camel
        .createProducerTemplate()
        .asyncSend(uri, exchange -> exchange.getMessage().setBody(Map.of("message", "x")))
        .get(30, TimeUnit.SECONDS)
        .getMessage()
        .getBody();
  }

  @Test
  void the_tables_name_the_options_and_headers_that_there_are() throws Exception {
    JsonNode catalog = new ObjectMapper().readTree(CATALOG.toFile());
    Set<String> options = new TreeSet<>();
    catalog
        .get("properties")
        .properties()
        .forEach(
            option -> {
              if (option.getValue().get("kind").asText().equals("parameter")
                  && !CAMELS_OWN.contains(option.getKey())) {
                JsonNode value = option.getValue().get("defaultValue");
                options.add(option.getKey() + (value == null ? " -" : " `" + value.asText() + "`"));
              }
            });
    Set<String> headers = new TreeSet<>();
    catalog.get("headers").fieldNames().forEachRemaining(headers::add);

    assertThat(rows("## Options", "`([A-Za-z]+)` \\| [^|]+ \\| (-|`[^`]*`)")).isEqualTo(options);
    assertThat(rows("## Headers", "`([A-Za-z]+)` \\| [^|]+")).isEqualTo(headers);
  }

  /** The rows of the first table behind a heading. */
  private static Set<String> rows(String heading, String row) throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n|", page.indexOf(heading));
    int end = page.indexOf("\n\n", start);
    Matcher rows =
        Pattern.compile("^\\| " + row + " \\|", Pattern.MULTILINE)
            .matcher(page.substring(start, end));
    return rows.results()
        .map(
            found ->
                found.groupCount() == 1 ? found.group(1) : found.group(1) + " " + found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
