package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.routing.CompiledTargets;
import io.mcprouter.routing.DeadlinePolicy;
import io.mcprouter.routing.PlaceholderProcessor;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.netty.util.HashedWheelTimer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page on route templates, as it stands there, in front of a real server. */
class RouteTemplatesTest {
  private static final Path PAGE = Path.of("docs/how-to/route-templates.md");

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final HashedWheelTimer timer = new HashedWheelTimer();
  private RouteInstaller routes;

  @BeforeEach
  void load(@TempDir Path directory) throws Exception {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    routes = new RouteInstaller(camel, new CompiledTargets(name -> null, List.of("not-used")));
    camel
        .getRegistry()
        .bind("mcpDeadlines", new DeadlinePolicy(routes::byRoute, Duration.ofMinutes(5), timer));
    camel
        .getRegistry()
        .bind(
            "mcpPlaceholders",
            new PlaceholderProcessor(routes::byRoute, PlaceholderProcessor.UserVariables.NONE));
    List<Block> examples = Pages.blocks(PAGE);
    Path file = Files.writeString(directory.resolve("audited.camel.yaml"), examples.get(0).text());
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
    camel.start();
    routes.apply(servers(examples.get(1).text()));
  }

  @AfterEach
  void stop() {
    camel.stop();
    timer.stop();
  }

  @Test
  void a_call_passes_the_steps_of_the_template_that_the_entry_names() throws Exception {
    assertThat(routes.servers().failed()).isEmpty();
    assertThat(camel.getRouteDefinition("mcp.tickets").getRouteTemplateContext()).isNotNull();
    assertThat(camel.getRoute("mcp.tickets").getDescription())
        .isEqualTo("Calls that leave a line in the log");
    assertThat(camel.getRoute("mcp.tickets").getGroup()).isEqualTo("mcp");

    assertThat(call("open")).contains("ticket 7");
  }

  @Test
  void a_call_that_takes_too_long_is_answered_by_the_routes_own_exception_handling()
      throws Exception {
    assertThat(call("slow")).contains("The server is slow today");
  }

  private String call(String tool) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Frame request =
        Frame.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool
                + "\"}}");
    McpCall call = new McpCall(new Caller("ann", Map.of()), McpClient.NONE, CallStream.NONE);
    routes.send(
        "tickets",
        request,
        call,
        (reply, failure) -> answer.complete(reply == null ? String.valueOf(failure) : text(reply)));
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static String text(Frame reply) {
    return new String(reply.bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The entry of the page, whose command is a program of the tests. */
  private static ServerSet servers(String yaml) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String program =
        "command: %s\n    args: [-Xshare:auto, -XX:TieredStopAtLevel=1, -cp, \"%s\", %s]"
            .formatted(java, Path.of("target", "test-classes"), TicketServer.class.getName());
    String runnable = yaml.replace("command: ticket-server", program);
    assertThat(runnable).isNotEqualTo(yaml);
    McpServersFile file = new McpServersReader(name -> null, true).read("page", runnable);
    assertThat(file.faults()).isEmpty();
    return ((McpServersFile.Accepted) file).servers();
  }
}
