package io.mcprouter.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A server over streamable HTTP or websocket whose tools do what a test says. */
public final class ScriptedTools implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INITIALIZED =
      "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{},\"logging\":{}},"
          + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";

  private final Vertx vertx = Vertx.vertx();
  private final South south;
  private final HttpServer server;
  private final Map<String, Tool> tools = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  private record Tool(String annotations, Consumer<Call> behaviour) {}

  /**
   * Listens at once.
   *
   * @param south {@code HTTP} or {@code WEBSOCKET}
   */
  public ScriptedTools(South south) {
    this.south = south;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("mcp"))
            .requestHandler(this::http)
            .webSocketHandler(this::websocket)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Adds a tool, or gives it another behaviour, which runs on an event loop. */
  public ScriptedTools tool(String name, String annotations, Consumer<Call> behaviour) {
    tools.put(name, new Tool(annotations, behaviour));
    return this;
  }

  /** The calls of a tool that have arrived. */
  public List<Call> calls(String tool) {
    return calls.stream().filter(call -> call.tool().equals(tool)).toList();
  }

  /** The entry by which the router reaches it, with {@code router.template} as JSON. */
  public ObjectNode entry(String templates) {
    ObjectNode entry = ServersFile.remote(south.type(), south.url(server.actualPort()), Map.of());
    try {
      entry.putObject("router").set("template", JSON.readTree(templates));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return entry;
  }

  private void http(HttpServerRequest request) {
    switch (request.method().name()) {
      case "POST" ->
          request.bodyHandler(body -> message(body.toJsonObject(), new EventStream(request)));
      case "GET" -> request.response().setStatusCode(405).end();
      default -> request.response().end();
    }
  }

  private void websocket(ServerWebSocket socket) {
    socket.textMessageHandler(text -> message(new JsonObject(text), new Socket(socket)));
  }

  private void message(JsonObject message, Line line) {
    switch (message.getString("method", "")) {
      case "initialize" -> line.last(reply(message, INITIALIZED));
      case "tools/list" -> line.last(reply(message, list()));
      case "tools/call" -> {
        Call call = new Call(message, line);
        calls.add(call);
        Objects.requireNonNull(tools.get(call.tool()), call.tool()).behaviour().accept(call);
      }
      default -> {
        if (message.containsKey("id") && message.containsKey("method")) {
          line.last(reply(message, "{}"));
        } else {
          line.nothing();
        }
      }
    }
  }

  private String list() {
    return tools.entrySet().stream()
        .map(
            tool ->
                "{\"name\":\"%s\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":%s}"
                    .formatted(tool.getKey(), tool.getValue().annotations()))
        .collect(Collectors.joining(",", "{\"tools\":[", "]}"));
  }

  private static String reply(JsonObject message, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id") + ",\"result\":" + result + "}";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** One call of a tool. */
  public record Call(JsonObject message, Line line) {
    public String tool() {
      return message.getJsonObject("params").getString("name");
    }

    public JsonObject arguments() {
      return message.getJsonObject("params").getJsonObject("arguments", new JsonObject());
    }

    /** Answers with one text. */
    public void text(String text) {
      result("{\"content\":[" + textBlock(text) + "]}");
    }

    /** Answers that the tool failed. */
    public void failure(String text) {
      result("{\"content\":[" + textBlock(text) + "],\"isError\":true}");
    }

    private static String textBlock(String text) {
      return new JsonObject().put("type", "text").put("text", text).encode();
    }

    public void result(String result) {
      line.last(reply(message, result));
    }

    /** Answers with an error of JSON-RPC. */
    public void error(String error) {
      line.last(
          "{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id") + ",\"error\":" + error + "}");
    }

    /** Says something in between. */
    public void say(String method, JsonObject params) {
      line.next(
          new JsonObject()
              .put("jsonrpc", "2.0")
              .put("method", method)
              .put("params", params)
              .encode());
    }

    /** Reports progress under the call's own token. */
    public void progress(String text) {
      Object token =
          message.getJsonObject("params").getJsonObject("_meta").getValue("progressToken");
      say(
          "notifications/progress",
          new JsonObject().put("progressToken", token).put("progress", 1).put("message", text));
    }

    /** Asks the client something; the answer is dropped. */
    public void ask(String method, JsonObject params) {
      line.next(
          new JsonObject()
              .put("jsonrpc", "2.0")
              .put("id", "question")
              .put("method", method)
              .put("params", params)
              .encode());
    }

    /** Breaks the connection. */
    public void hangUp() {
      line.hangUp();
    }
  }

  /** Where messages to the router go. */
  public interface Line {
    void next(String message);

    void last(String message);

    void nothing();

    void hangUp();
  }

  private static final class EventStream implements Line {
    private final HttpServerRequest request;

    EventStream(HttpServerRequest request) {
      this.request = request;
    }

    @Override
    public void next(String message) {
      HttpServerResponse response = request.response();
      if (!response.headWritten()) {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
      }
      response.write("event: message\ndata: " + message + "\n\n");
    }

    @Override
    public void last(String message) {
      next(message);
      request.response().end();
    }

    @Override
    public void nothing() {
      request.response().setStatusCode(202).end();
    }

    @Override
    public void hangUp() {
      request.connection().close();
    }
  }

  private record Socket(ServerWebSocket socket) implements Line {
    @Override
    public void next(String message) {
      socket.writeTextMessage(message);
    }

    @Override
    public void last(String message) {
      next(message);
    }

    @Override
    public void nothing() {}

    @Override
    public void hangUp() {
      socket.close();
    }
  }
}
