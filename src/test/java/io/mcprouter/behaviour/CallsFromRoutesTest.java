package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.McpResult;
import io.mcprouter.integration.McpToolException;
import io.mcprouter.integration.call.McpErrorException;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.South;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of routes that call the router's servers ({@code mcp-call}). */
@ExtendWith(FourServers.class)
class CallsFromRoutesTest {
  private static final String AS_USER = "user=routes";

  @ParameterizedTest
  @EnumSource
  void a_step_calls_a_tool(South south, FourServers.Running servers) throws Exception {
    Exchange done = send(servers, tool(south, "echo"), "{\"message\":\"grüße \\u2028\"}");

    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody()).isEqualTo("grüße \u2028");
  }

  @ParameterizedTest
  @EnumSource
  void a_tool_may_be_named_by_its_public_name(South south, FourServers.Running servers)
      throws Exception {
    String uri = "mcp-call:tool?tool=" + south.server() + "__echo&" + AS_USER;

    assertThat(send(servers, uri, Map.of("message", "x")).getMessage().getBody()).isEqualTo("x");
  }

  @ParameterizedTest
  @EnumSource
  void a_step_reads_a_resource_and_gets_a_prompt(South south, FourServers.Running servers)
      throws Exception {
    String server = "?server=" + south.server() + "&" + AS_USER;

    Exchange resource = send(servers, "mcp-call:resource" + server + "&resource=test://item/7", "");
    Exchange prompt =
        send(servers, "mcp-call:prompt" + server + "&prompt=greet", Map.of("name", "Ann"));

    assertThat(resource.getMessage().getBody()).isEqualTo("item 7");
    assertThat(prompt.getMessage().getBody())
        .isEqualTo(
            List.of(
                new McpResult.PromptMessage("user", List.of(new McpContent.Text("Hello Ann")))));
  }

  @ParameterizedTest
  @EnumSource
  void errors_of_tools_and_of_the_protocol_are_exceptions(South south, FourServers.Running servers)
      throws Exception {
    assertThat(send(servers, tool(south, "fail"), "{\"message\":\"no luck\"}").getException())
        .isInstanceOf(McpToolException.class)
        .hasMessageContaining("no luck");
    assertThat(send(servers, tool(south, "throw"), "{\"code\":-32077}").getException())
        .isInstanceOfSatisfying(
            McpErrorException.class, error -> assertThat(error.code()).isEqualTo(-32077));
    assertThat(send(servers, tool(south, "nothing"), "").getException())
        .isInstanceOf(McpErrorException.class)
        .hasMessageContaining("Unknown tool: nothing (-32602)");
  }

  @ParameterizedTest
  @EnumSource
  void the_caller_is_told_to_the_server(South south, FourServers.Running servers) throws Exception {
    assertThat(send(servers, tool(south, "identity"), "").getMessage().getBody())
        .isEqualTo("routes");
    Caller ann = new Caller("ann", Map.of());
    assertThat(
            send(
                    servers,
                    "mcp-call:" + south.server() + "/identity",
                    exchange -> exchange.setProperty("CamelMcpCaller", ann))
                .getMessage()
                .getBody())
        .isEqualTo("ann");
  }

  @ParameterizedTest
  @EnumSource
  void progress_reaches_its_route_before_the_answer(South south, FourServers.Running servers)
      throws Exception {
    List<Object> heard = new CopyOnWriteArrayList<>();
    String id = "progress-" + south;
    CamelContext camel = camel(servers);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:" + id)
                .routeId(id)
                .process(step -> heard.add(step.getMessage().getBody(Map.class).get("message")));
          }
        });
    try {
      Exchange done =
          send(
              servers,
              tool(south, "progress") + "&progress=direct:" + id,
              "{\"steps\":3,\"delayMs\":1}");
      heard.add(done.getMessage().getBody());
    } finally {
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
    }

    assertThat(heard).containsExactly("step 1 of 3", "step 2 of 3", "step 3 of 3", "3 steps");
  }

  @ParameterizedTest
  @EnumSource
  void a_call_that_takes_too_long_is_cancelled_at_the_server(
      South south, FourServers.Running servers) throws Exception {
    String label = UUID.randomUUID().toString();

    Exchange done =
        send(
            servers,
            tool(south, "sleep") + "&timeout=1500",
            "{\"ms\":60000,\"label\":\"" + label + "\"}");

    assertThat(done.getException())
        .isInstanceOf(ExchangeTimedOutException.class)
        .hasMessageContaining("no answer within 1500 ms");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        send(servers, tool(south, "cancelled"), "")
                            .getMessage()
                            .getBody(String.class))
                    .contains(label));
  }

  @ParameterizedTest
  @EnumSource
  void the_schema_of_the_tool_comes_from_the_catalog(South south, FourServers.Running servers)
      throws Exception {
    Exchange done = send(servers, tool(south, "echo") + "&validate=true", Map.of("message", "x"));
    assertThat(done.getException()).isNull();

    assertThat(send(servers, tool(south, "nothing") + "&validate=true", "").getException())
        .hasMessageContaining("it lists no tool 'nothing' for this caller");
  }

  @Test
  void what_is_not_there_is_said(FourServers.Running servers) throws Exception {
    assertThat(send(servers, "mcp-call:nobody/echo?" + AS_USER, "").getException())
        .isInstanceOf(McpFailure.class)
        .hasMessage("Server 'nobody': there is no such server, or it cannot be used");
    assertThat(send(servers, "mcp-call:tool?tool=nobody__echo&" + AS_USER, "").getException())
        .isInstanceOf(McpFailure.class)
        .hasMessage("Server 'mcp-router': this caller sees no tool 'nobody__echo'");
    assertThat(send(servers, "mcp-call:resource?resource=other://x&" + AS_USER, "").getException())
        .hasMessage("Server 'mcp-router': this caller sees no resource 'other://x'");
  }

  private static String tool(South south, String tool) {
    return "mcp-call:" + south.server() + "/" + tool + "?" + AS_USER;
  }

  private static CamelContext camel(FourServers.Running servers) {
    return servers.router().bean(CamelContext.class);
  }

  private static Exchange send(FourServers.Running servers, String uri, Object body)
      throws Exception {
    return send(servers, uri, exchange -> exchange.getMessage().setBody(body));
  }

  private static Exchange send(FourServers.Running servers, String uri, Processor message)
      throws Exception {
    CompletableFuture<Exchange> done =
        camel(servers).createProducerTemplate().asyncSend(uri, message);
    return done.get(30, TimeUnit.SECONDS);
  }
}
