package io.mcprouter.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server over streamable HTTP in this JVM, which outlives the router: it counts how often
 * each id was charged, and how often each was looked up, which does no harm.
 */
final class CountingServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOOLS =
      """
      {"tools":[{"name":"charge","inputSchema":{"type":"object"}},
       {"name":"lookup","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}""";

  final Map<String, AtomicInteger> charged = new ConcurrentHashMap<>();
  final Map<String, AtomicInteger> lookedUp = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  CountingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (!request.has("id")) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      String reply =
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
              .formatted(request.get("id"), result(request));
      byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String result(JsonNode request) {
    return switch (request.path("method").asText()) {
      case "initialize" ->
          """
          {"protocolVersion":"2025-06-18","capabilities":{"tools":{}},
           "serverInfo":{"name":"counting","version":"1"}}""";
      case "tools/list" -> TOOLS;
      case "tools/call" -> counted(request.path("params"));
      default -> "{}";
    };
  }

  private String counted(JsonNode params) {
    Map<String, AtomicInteger> counts =
        params.path("name").asText().equals("charge") ? charged : lookedUp;
    String id = params.path("arguments").path("id").asText();
    int count = counts.computeIfAbsent(id, none -> new AtomicInteger()).incrementAndGet();
    return "{\"content\":[{\"type\":\"text\",\"text\":\"" + id + " " + count + "\"}]}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
