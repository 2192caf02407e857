package io.mcprouter.transport.http;

import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** Everything of a request but its body, made once for a session. */
final class RequestHead {
  private static final CharSequence SESSION = HttpHeaders.createOptimized("Mcp-Session-Id");
  private static final CharSequence VERSION = HttpHeaders.createOptimized("MCP-Protocol-Version");
  private static final CharSequence LAST_EVENT = HttpHeaders.createOptimized("Last-Event-ID");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence EVENTS = HttpHeaders.createOptimized("text/event-stream");
  private static final CharSequence BOTH =
      HttpHeaders.createOptimized("application/json, text/event-stream");

  private final String server;
  private final RemoteTarget target;
  private final @Nullable String sessionId;
  private final @Nullable Revision revision;
  private final RequestOptions post;

  private RequestHead(
      String server, RemoteTarget target, @Nullable String sessionId, @Nullable Revision revision)
      throws McpFailure {
    this.server = server;
    this.target = target;
    this.sessionId = sessionId;
    this.revision = revision;
    this.post = request(HttpMethod.POST);
    post.getHeaders().set(HttpHeaders.CONTENT_TYPE, JSON).set(HttpHeaders.ACCEPT, BOTH);
  }

  /** The head of {@code initialize}; fails where a header or the proxy cannot be used. */
  static RequestHead beforeSession(String server, RemoteTarget target) throws McpFailure {
    return new RequestHead(server, target, null, null);
  }

  static RequestHead inSession(
      String server, RemoteTarget target, @Nullable String sessionId, Revision revision)
      throws McpFailure {
    return new RequestHead(server, target, sessionId, revision);
  }

  boolean hasSession() {
    return sessionId != null;
  }

  RequestOptions post() {
    return post;
  }

  RequestOptions delete() throws McpFailure {
    return request(HttpMethod.DELETE);
  }

  /**
   * A GET for a listening stream, or for the rest of a stream that broke after {@code lastEventId}.
   */
  RequestOptions get(@Nullable String lastEventId) throws McpFailure {
    RequestOptions get = request(HttpMethod.GET);
    get.getHeaders().set(HttpHeaders.ACCEPT, EVENTS).set(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (lastEventId != null) {
      get.getHeaders().set(LAST_EVENT, lastEventId);
    }
    return get;
  }

  private RequestOptions request(HttpMethod method) throws McpFailure {
    RequestOptions request = RemoteRequests.address(server, target, new RequestOptions());
    request.setMethod(method);
    MultiMap headers = request.getHeaders();
    if (sessionId != null) {
      headers.set(SESSION, sessionId);
    }
    if (revision != null && revision.hasVersionHeader()) {
      headers.set(VERSION, revision.text());
    }
    return request;
  }
}
