package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server may act on a request that has no id, and so wants no answer. It must not get one: names,
 * rights and guardrails stand in the way of requests alone.
 */
class RequestsWithoutIdTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> methods = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/mcp", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
    methods.add(message.path("method").asText());
    if (!exchange.getRequestMethod().equals("POST") || !message.has("id")) {
      exchange.sendResponseHeaders(message.has("method") ? 202 : 405, -1);
      exchange.close();
      return;
    }
    String result =
        message.path("method").asText().equals("initialize")
            ? "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                + "\"serverInfo\":{\"name\":\"obedient\",\"version\":\"1\"}}"
            : "{\"tools\":[]}";
    byte[] reply =
        ("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":" + result + "}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  @ParameterizedTest
  @EnumSource(North.class)
  void reach_no_server(North north) {
    String file =
        "mcpServers:\n  obedient:\n    type: streamable-http\n    url: http://127.0.0.1:"
            + server.getAddress().getPort()
            + "/mcp\n    router:\n      tools: {exclude: [delete_all]}\n";
    try (RouterUnderTest router = RouterUnderTest.start(file);
        McpClient client = McpClient.of(router).over(north).server("obedient").connect()) {
      client.request("tools/list", null).reply();
      client.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"delete_all\"}}");
      client.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/a\",\"Method\":\"tools/call\",\"params\":{}}");
      client.notify("notifications/roots/list_changed", null);
      await().until(() -> methods.contains("notifications/roots/list_changed"));
      assertThat(methods).contains("tools/list").doesNotContain("tools/call", "notifications/a");
    }
  }
}
