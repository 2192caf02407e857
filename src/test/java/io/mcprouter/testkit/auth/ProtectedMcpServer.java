package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server on loopback that wants a token with each request (over a websocket: with the
 * handshake), at {@code /mcp}, {@code /sse} and {@code /ws}. It takes a token that its
 * authorization server knows, that has not ended, and that was given for the address it came to.
 */
public final class ProtectedMcpServer implements AutoCloseable {
  private static final String METADATA = "/.well-known/oauth-protected-resource";

  /**
   * A request for MCP as it arrived.
   *
   * @param authorization its header, the empty string where there was none
   * @param headers all others, too
   */
  public record Arrived(
      String method, String path, String authorization, Map<String, String> headers) {}

  private final Vertx vertx = Vertx.vertx();
  private final Protection protection;
  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
  private final Map<String, HttpServerResponse> streams = new ConcurrentHashMap<>();
  private final HttpServer server;

  private ProtectedMcpServer(Protection protection) {
    this.protection = protection;
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setWebSocketSubProtocols(List.of("mcp")))
            .requestHandler(this::handle)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Starts one whose tokens come from these servers. */
  public static ProtectedMcpServer start(ScriptedAuthorizationServer... servers) {
    return start(Protection.issuers(servers), Protection.check(servers));
  }

  /**
   * Starts one whose tokens come from elsewhere.
   *
   * @param check what is known of a token, where it may be used now
   */
  public static ProtectedMcpServer start(
      List<String> issuers, Function<String, Optional<IssuedToken>> check) {
    return new ProtectedMcpServer(new Protection(issuers, check));
  }

  /** How it protects itself from now on. */
  public Protection protection() {
    return protection;
  }

  /** Its address over a transport. */
  public String url(South south) {
    return switch (south) {
      case HTTP -> address("/mcp");
      case SSE -> address("/sse");
      case WEBSOCKET -> "ws" + address("/ws").substring("http".length());
      case STDIO -> throw new IllegalArgumentException("a child process asks for no token");
    };
  }

  /** What it calls itself over a transport, and what tokens must be meant for. */
  public String resource(South south) {
    return protection.resource() == null
        ? url(south).replaceFirst("^ws", "http")
        : protection.resource();
  }

  /** The entry by which the router reaches it, which says nothing of tokens. */
  public ObjectNode entry(South south) {
    return ServersFile.remote(
        south == South.HTTP ? "streamable-http" : south.server(), url(south), Map.of());
  }

  /** Every request for MCP, in order of arrival. */
  public List<Arrived> arrived() {
    return List.copyOf(arrived);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/mcp", "/sse", "/messages", "/ws" -> guarded(request);
      default -> metadata(request);
    }
  }

  private void metadata(HttpServerRequest request) {
    String path = request.path().startsWith(METADATA) ? request.path() : "";
    String resource = path.length() > METADATA.length() ? path.substring(METADATA.length()) : "";
    boolean stands =
        switch (protection.placement()) {
          case AT_PATH -> List.of("/mcp", "/sse", "/ws").contains(resource);
          case AT_ROOT -> path.equals(METADATA);
          case NOWHERE -> false;
        };
    if (!stands) {
      request.response().setStatusCode(404).end();
      return;
    }
    json(request.response(), protection.document(address(resource)).toString());
  }

  private void guarded(HttpServerRequest request) {
    String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    Map<String, String> headers = new ConcurrentHashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    arrived.add(
        new Arrived(request.method().name(), request.path(), authorization, Map.copyOf(headers)));
    Optional<IssuedToken> token = accepted(authorization, request.path());
    if (token.isEmpty()) {
      String error = authorization.isEmpty() ? null : "invalid_token";
      refuse(request, 401, error, protection.scope());
      return;
    }
    serve(request, token.get());
  }

  private Optional<IssuedToken> accepted(String authorization, String path) {
    if (!authorization.startsWith("Bearer ")) {
      return Optional.empty();
    }
    String own = address(path.equals("/messages") ? "/sse" : path);
    String root = address("");
    return protection
        .check(authorization.substring("Bearer ".length()))
        .filter(
            token ->
                token.audience() != null
                    && List.of(
                            own,
                            "ws" + own.substring(4),
                            root,
                            root + "/",
                            Optional.ofNullable(protection.resource()).orElse(own),
                            Optional.ofNullable(protection.audience()).orElse(own))
                        .contains(token.audience()));
  }

  private void refuse(
      HttpServerRequest request, int status, @Nullable String error, @Nullable String scope) {
    HttpServerResponse response = request.response().setStatusCode(status);
    if (protection.challenge() != Protection.Challenge.NONE) {
      response.putHeader("WWW-Authenticate", challenge(request.path(), error, scope));
    }
    response.end();
  }

  private String challenge(String path, @Nullable String error, @Nullable String scope) {
    StringBuilder challenge = new StringBuilder("Bearer realm=\"protected\"");
    if (error != null) {
      challenge.append(", error=\"").append(error).append('"');
    }
    if (scope != null) {
      challenge.append(", scope=\"").append(scope).append('"');
    }
    String place =
        switch (protection.placement()) {
          case AT_PATH -> METADATA + (path.equals("/messages") ? "/sse" : path);
          case AT_ROOT -> METADATA;
          case NOWHERE -> null;
        };
    if (place != null && protection.challenge() == Protection.Challenge.WITH_METADATA) {
      challenge.append(", resource_metadata=\"").append(address(place)).append('"');
    }
    return challenge.toString();
  }

  private void serve(HttpServerRequest request, IssuedToken token) {
    switch (request.method().name() + " " + request.path()) {
      case "POST /mcp", "POST /messages" ->
          request.bodyHandler(
              body -> answer(request, ProtectedTools.parse(body.toString()), token));
      case "GET /sse" -> openStream(request.response());
      case "GET /ws" -> request.toWebSocket().onSuccess(socket -> talk(socket, token));
      case "DELETE /mcp" -> request.response().end();
      default -> request.response().setStatusCode(405).end();
    }
  }

  private void answer(HttpServerRequest request, JsonNode message, IssuedToken token) {
    if (ProtectedTools.needsMore(message) && !protection.satisfiedBy(token)) {
      refuse(request, 403, "insufficient_scope", protection.adminScope());
      return;
    }
    String reply = ProtectedTools.reply(message, token);
    if (request.path().equals("/messages")) {
      HttpServerResponse stream = streams.get(String.valueOf(request.getParam("session")));
      request.response().setStatusCode(stream == null ? 404 : 202).end();
      if (reply != null && stream != null) {
        stream.write("event: message\ndata: " + reply + "\n\n");
      }
    } else if (reply == null) {
      request.response().setStatusCode(202).end();
    } else {
      json(request.response(), reply);
    }
  }

  private static void json(HttpServerResponse response, String body) {
    response.putHeader("Content-Type", "application/json").end(body);
  }

  private void openStream(HttpServerResponse response) {
    String session = UUID.randomUUID().toString();
    streams.put(session, response);
    response.closeHandler(closed -> streams.remove(session));
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    response.write("event: endpoint\ndata: /messages?session=" + session + "\n\n");
  }

  private void talk(ServerWebSocket socket, IssuedToken token) {
    socket.textMessageHandler(
        text -> {
          JsonNode message = ProtectedTools.parse(text);
          String reply =
              ProtectedTools.needsMore(message) && !protection.satisfiedBy(token)
                  ? ProtectedTools.refused(message, protection.adminScope())
                  : ProtectedTools.reply(message, token);
          if (reply != null) {
            socket.writeTextMessage(reply);
          }
        });
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
