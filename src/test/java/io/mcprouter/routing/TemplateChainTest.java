package io.mcprouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which routes the templates of an entry become, and what is said of those that cannot. */
class TemplateChainTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void load() throws Exception {
    camel.build();
    for (String file :
        List.of(
            "mcp-server",
            "guard-retry",
            "guard-redact",
            "guard-approval",
            "guard-circuit-breaker",
            "guard-result-limit")) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
    }
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private static ServerDefinition definition(String template) {
    String file =
        "mcpServers:\n  one:\n    command: run\n    router:\n      template: " + template + "\n";
    McpServersFile read = new McpServersReader(name -> null, true).read("servers.yaml", file);
    assertThat(read.faults()).isEmpty();
    return ((McpServersFile.Accepted) read).servers().servers().get("one");
  }

  private List<TemplateLink> links(String template) throws McpFailure {
    return TemplateChain.of(camel, definition(template), "mcp.one", "mcp.one");
  }

  @Test
  void one_template_is_one_route() throws McpFailure {
    assertThat(links("mcp-server"))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.routeId()).isEqualTo("mcp.one");
              assertThat(link.entry()).isEqualTo("mcp.one");
              assertThat(link.next()).isNull();
            });
  }

  @Test
  void guardrails_are_followed_by_each_other_and_by_the_servers_route() throws McpFailure {
    List<TemplateLink> links = links("[{redact: {patterns: a}}, retry]");

    assertThat(links)
        .extracting(TemplateLink::routeId)
        .containsExactly("mcp.one.1.redact", "mcp.one.2.retry", "mcp.one");
    assertThat(links)
        .extracting(TemplateLink::entry)
        .containsExactly("mcp.one", "mcp.one:2", "mcp.one:3");
    assertThat(links)
        .extracting(TemplateLink::next)
        .containsExactly("mcp.one:2", "mcp.one:3", null);
    assertThat(links("[retry, mcp-server]"))
        .extracting(TemplateLink::routeId)
        .containsExactly("mcp.one.1.retry", "mcp.one");
  }

  @Test
  void guardrails_that_exclude_one_order_take_the_other() throws McpFailure {
    assertThat(links("[approval, circuit-breaker, result-limit, {redact: {patterns: a}}]"))
        .hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[retri]|servers.yaml:5:18|'retri' is no known route template; did you mean 'retry'?",
        "[nothing]|servers.yaml:5:18|'nothing' is no known route template; there are [",
        "[{retry: {attempt: 4}}]|servers.yaml:5:19|no parameter 'attempt'; did you mean 'attempts'?",
        "[{retry: {x: 4}}]|servers.yaml:5:19|no parameter 'x'; there are [attempts, delay, maxDelay]",
        "[{retry: {next: a}}]|servers.yaml:5:19|no parameter 'next'",
        "[{mcp-server: {x: a}}]|servers.yaml:5:19|has no parameter 'x'; it has none",
        "[redact]|servers.yaml:5:18|needs the parameter 'patterns'",
        "[circuit-breaker, retry, approval]|servers.yaml:5:42|must not stand behind 'circuit-breaker'",
        "[{redact: {patterns: a}}, result-limit]|servers.yaml:5:43|must not stand behind 'redact'",
        "[{approval: {notBehind: a}}]|servers.yaml:5:19|no parameter 'notBehind'",
        "[mcp-server, retry]|servers.yaml:5:18|must be the last",
      })
  void what_cannot_be_is_told_with_its_place(String template, String place, String what) {
    assertThatThrownBy(() -> links(template))
        .isInstanceOfSatisfying(
            McpFailure.class,
            failure ->
                assertThat(failure.reason()).startsWith(place).contains("router.template", what));
  }
}
