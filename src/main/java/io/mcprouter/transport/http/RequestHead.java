package io.mcprouter.transport.http;

import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
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
  private final PinnedAddress address;
  private volatile Post post;

  /** The head of a POST, and what it was made with. */
  private record Post(
      @Nullable SocketAddress at, @Nullable String authorization, RequestOptions options) {
    /** The address is the same object for as long as it is the same. */
    boolean isFor(@Nullable SocketAddress address, @Nullable String value) {
      return at == address && Objects.equals(authorization, value);
    }
  }

  private RequestHead(
      String server,
      RemoteTarget target,
      PinnedAddress address,
      @Nullable String sessionId,
      @Nullable Revision revision)
      throws McpFailure {
    this.server = server;
    this.target = target;
    this.address = address;
    this.sessionId = sessionId;
    this.revision = revision;
    this.post = post(null, null);
  }

  /** The head of {@code initialize}; fails where a header or the proxy cannot be used. */
  static RequestHead beforeSession(String server, RemoteTarget target, PinnedAddress address)
      throws McpFailure {
    return new RequestHead(server, target, address, null, null);
  }

  RequestHead inSession(@Nullable String id, Revision agreed) throws McpFailure {
    return new RequestHead(server, target, address, id, agreed);
  }

  boolean hasSession() {
    return sessionId != null;
  }

  /** Made anew only where the right or the address is another than the last time. */
  RequestOptions post(@Nullable String authorization) throws McpFailure {
    SocketAddress at = address.current();
    Post known = post;
    if (!known.isFor(at, authorization)) {
      known = post(at, authorization);
      post = known;
    }
    return known.options;
  }

  private Post post(@Nullable SocketAddress at, @Nullable String authorization) throws McpFailure {
    RequestOptions options = request(HttpMethod.POST, at, authorization);
    options.getHeaders().set(HttpHeaders.CONTENT_TYPE, JSON).set(HttpHeaders.ACCEPT, BOTH);
    return new Post(at, authorization, options);
  }

  RequestOptions delete(@Nullable String authorization) throws McpFailure {
    return request(HttpMethod.DELETE, address.current(), authorization);
  }

  /**
   * A GET for a listening stream, or for the rest of a stream that broke after {@code lastEventId}.
   */
  RequestOptions get(@Nullable String lastEventId, @Nullable String authorization)
      throws McpFailure {
    RequestOptions get = request(HttpMethod.GET, address.current(), authorization);
    get.getHeaders().set(HttpHeaders.ACCEPT, EVENTS).set(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (lastEventId != null) {
      get.getHeaders().set(LAST_EVENT, lastEventId);
    }
    return get;
  }

  private RequestOptions request(
      HttpMethod method, @Nullable SocketAddress at, @Nullable String authorization)
      throws McpFailure {
    RequestOptions request =
        RemoteRequests.address(server, target, at, authorization, new RequestOptions());
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
