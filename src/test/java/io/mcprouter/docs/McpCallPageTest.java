package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.integration.call.McpCallComponent;
import io.mcprouter.testkit.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page, as they stand there, in front of the official example server. */
class McpCallPageTest {
  private static final Path PAGE = Path.of("docs/reference/mcp-call.md");
  private static final Path CATALOG =
      Path.of("src/generated/resources/META-INF/io/mcprouter/integration/call/mcp-call.json");
  private static final Set<String> CAMELS_OWN = Set.of("lazyStartProducer", "autowiredEnabled");
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

  @TempDir private static Path pictures;

  @BeforeAll
  static void load() throws Exception {
    CAMEL.getGlobalOptions().put("CamelJmxDisabled", "true");
    List<String> command = Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    String server =
        "mcp-stdio:everything?command=%s&args=%s,stdio&stderr=ignore"
            .formatted(command.getFirst(), command.getLast());
    McpCallComponent calls = new McpCallComponent();
    calls.setServers(Map.of("everything", server));
    CAMEL.addComponent("mcp-call", calls);
    CAMEL.getPropertiesComponent().addInitialProperty("everything", server);
    for (Block block : Pages.blocks(PAGE)) {
      if (block.language().equals("yaml")) {
        String routes = block.text().replace("file:pictures", "file:" + pictures);
        PluginHelper.getRoutesLoader(CAMEL)
            .loadRoutes(ResourceHelper.fromString(block.line() + ".yaml", routes));
      }
    }
    CAMEL.start();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  private static String answer(String route, Object body) throws Exception {
    Exchange done =
        CAMEL
            .createProducerTemplate()
            .asyncSend("direct:" + route, exchange -> exchange.getMessage().setBody(body))
            .get(30, TimeUnit.SECONDS);
    assertThat(done.getException()).isNull();
    return done.getMessage().getBody(String.class);
  }

  @Test
  void arguments_come_from_the_body_or_from_headers() throws Exception {
    assertThat(answer("sum", null)).isEqualTo("The sum of 2 and 3 is 5.");
    assertThat(answer("sum-of-headers", null)).isEqualTo("The sum of 2 and 3 is 5.");
  }

  @Test
  void results_come_as_map_text_and_stream() throws Exception {
    assertThat(answer("weather", null)).isEqualTo("Light rain / drizzle at 36 degrees");
    assertThat(answer("both", null))
        .startsWith("82 percent, in words {")
        .contains("Light rain / drizzle");
    answer("picture", null);
    assertThat(Files.readAllBytes(pictures.resolve("tiny.png"))).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void resources_and_prompts_come() throws Exception {
    assertThat(answer("read", null)).contains("Resource 1");
    assertThat(answer("ask-for-prompt", null)).contains("Paris", "Texas");
  }

  @Test
  void an_error_of_the_tool_is_a_branch_of_the_route() throws Exception {
    assertThat(answer("careful", "{\"a\":\"two\"}")).startsWith("The tool said: ");
    assertThat(answer("careful", "{\"a\":1,\"b\":1}")).isEqualTo("The sum of 1 and 1 is 2.");
  }

  @Test
  void progress_goes_through_its_route() throws Exception {
    assertThat(answer("long", null)).contains("completed");
  }

  @Test
  void the_server_may_be_a_route() throws Exception {
    assertThat(answer("without-router", null)).isEqualTo("Echo: hello");
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
              if (option.getValue().get("kind").asText().equals("parameter")) {
                JsonNode value = option.getValue().get("defaultValue");
                options.add(option.getKey() + (value == null ? " -" : " `" + value.asText() + "`"));
              }
            });
    options.removeIf(option -> option.startsWith("lazyStartProducer"));

    assertThat(rows("## Options", "`([A-Za-z]+)` \\| [^|]+ \\| (-|`[^`]*`)")).isEqualTo(options);
    assertThat(rows("The component itself", "`([A-Za-z]+)` \\| [^|]+"))
        .isEqualTo(names(catalog.get("componentProperties")));
    assertThat(rows("## Headers", "`([A-Za-z]+)` \\| [^|]+"))
        .isEqualTo(names(catalog.get("headers")));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    names.removeAll(CAMELS_OWN);
    return names;
  }

  /** The rows of the first table behind a text. */
  private static Set<String> rows(String behind, String row) throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n|", page.indexOf(behind));
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
