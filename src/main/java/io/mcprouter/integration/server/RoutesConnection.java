package io.mcprouter.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.OwnMessages;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a server of routes, in the newest revision; nothing of it leaves the process.
 * It is the only switch over methods here. What routes serve runs on a virtual thread for each
 * call.
 */
final class RoutesConnection implements McpConnection {
  /** As many as a session may hold; beyond it something forgets to unsubscribe. */
  private static final int MOST_SUBSCRIPTIONS = 10_000;

  private static final byte[] EMPTY = {'{', '}'};

  private final RouteServer server;
  private final ConnectionOptions options;
  private final ConnectionListener listener;
  private final InitializeResult initialized;
  private final Map<McpCall, RunningCall> open = new ConcurrentHashMap<>();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile LogLevel level = LogLevel.DEBUG;

  RoutesConnection(RouteServer server, ConnectionOptions options, ConnectionListener listener) {
    this.server = server;
    this.options = options;
    this.listener = listener;
    this.initialized = Listings.initialized(server.name());
  }

  @Override
  public InitializeResult initialized() {
    return initialized;
  }

  @Override
  public void call(Frame request, McpCall call) {
    RunningCall running =
        new RunningCall(server.name(), request, call, asked -> asked.compareTo(level) >= 0);
    ListKind list = ListKind.ofMethod(request.method());
    if (closed.get()) {
      call.fail(lost("it is closed"));
    } else if (list != null) {
      running.result(Listings.of(list, server.items(list).shown()));
    } else {
      answer(request, call, running);
    }
  }

  private void answer(Frame request, McpCall call, RunningCall running) {
    switch (request.method()) {
      case Methods.PING -> running.result(EMPTY);
      case Methods.TOOLS_CALL -> serve(request.name(), running, call, request, ListKind.TOOLS);
      case Methods.PROMPTS_GET -> serve(request.name(), running, call, request, ListKind.PROMPTS);
      case Methods.RESOURCES_READ ->
          serve(request.uri(), running, call, request, ListKind.RESOURCES);
      case Methods.RESOURCES_SUBSCRIBE -> subscribe(request.uri(), running);
      case Methods.RESOURCES_UNSUBSCRIBE -> {
        subscriptions.remove(String.valueOf(request.uri()));
        running.result(EMPTY);
      }
      case Methods.COMPLETE -> Completion.answer(server, request, running);
      case Methods.SET_LOG_LEVEL -> setLevel(request, running);
      default ->
          running.error(ErrorCodes.METHOD_NOT_FOUND, "Method not found: " + request.method());
    }
  }

  private void setLevel(Frame request, RunningCall running) {
    JsonSpan params = request.params();
    LogLevel asked = LogLevel.of(params == null ? null : params.string("level")).orElse(null);
    if (asked == null) {
      running.error(ErrorCodes.INVALID_PARAMS, "params.level is no log level");
    } else {
      level = asked;
      running.result(EMPTY);
    }
  }

  private void subscribe(@Nullable String uri, RunningCall running) {
    if (uri == null) {
      running.error(ErrorCodes.INVALID_PARAMS, "params.uri is missing");
    } else if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
      running.fail(McpFailure.limit(server.name(), "too many resources are subscribed to"));
    } else {
      find(ListKind.RESOURCES, uri)
          .thenAccept(
              item -> {
                if (item == null) {
                  notFound(running, ListKind.RESOURCES, uri);
                } else {
                  subscriptions.add(uri);
                  running.result(EMPTY);
                }
              });
    }
  }

  private CompletableFuture<@Nullable RouteItem> find(ListKind kind, String key) {
    CompletableFuture<@Nullable RouteItem> found = server.items(kind).find(key);
    return kind == ListKind.RESOURCES
        ? found.thenCompose(
            item ->
                item == null
                    ? server.items(ListKind.RESOURCE_TEMPLATES).find(key)
                    : CompletableFuture.completedFuture(item))
        : found;
  }

  private void serve(
      @Nullable String key, RunningCall running, McpCall call, Frame request, ListKind kind) {
    if (key == null) {
      running.error(
          ErrorCodes.INVALID_PARAMS,
          kind == ListKind.RESOURCES ? "params.uri is missing" : "params.name is missing");
      return;
    }
    if (open.size() >= options.limits().maxPending()) {
      call.fail(
          McpFailure.limit(
              server.name(),
              "more than " + options.limits().maxPending() + " calls are open on one connection"));
      return;
    }
    open.put(call, running);
    if (!call.start(reason -> stop(call, running, key, reason))) {
      open.remove(call);
      return;
    }
    enter(kind, key).thenAccept(entered -> begin(entered, kind, key, running, call, request));
  }

  private CompletableFuture<RouteItems.@Nullable Entered> enter(ListKind kind, String key) {
    CompletableFuture<RouteItems.@Nullable Entered> found = server.items(kind).enter(key);
    return kind == ListKind.RESOURCES
        ? found.thenCompose(
            entered ->
                entered == null
                    ? server.items(ListKind.RESOURCE_TEMPLATES).enter(key)
                    : CompletableFuture.completedFuture(entered))
        : found;
  }

  private void stop(McpCall call, RunningCall running, String key, McpFailure reason) {
    server.stop(running, key, reason);
    if (!running.hasBegun()) {
      open.remove(call);
    } // else its step may go on: it counts until that has ended
  }

  private void begin(
      RouteItems.@Nullable Entered entered,
      ListKind kind,
      String key,
      RunningCall running,
      McpCall call,
      Frame request) {
    if (entered == null) {
      open.remove(call);
      notFound(running, kind, key);
      return;
    }
    RouteItem item = entered.item();
    Runnable over =
        () -> {
          open.remove(call);
          entered.leave();
        };
    if (!running.begin()) { // stopped while it waited
      over.run();
      return;
    }
    Thread.ofVirtual()
        .name("mcp-route-" + item.routeId())
        .start(new Serving(server, item, running, call, request, over));
  }

  private static void notFound(RunningCall running, ListKind kind, String key) {
    if (kind == ListKind.RESOURCES) {
      byte[] data = Messages.join("{\"uri\":", JsonText.quoted(key), "}");
      running.error(ErrorCodes.RESOURCE_NOT_FOUND, "Resource not found: " + key, data);
    } else {
      running.error(
          ErrorCodes.INVALID_PARAMS,
          (kind == ListKind.TOOLS ? "Unknown tool: " : "Unknown prompt: ") + key);
    }
  }

  /** Says something that belongs to no call. */
  void tell(byte[] notification) {
    if (!closed.get()) {
      listener.notified(Frame.of(new String(notification, UTF_8)));
    }
  }

  void updated(String uri) {
    if (subscriptions.contains(uri) && !closed.get()) {
      listener.notified(OwnMessages.updated(uri));
    }
  }

  /** Nothing that a client announces matters to routes. */
  @Override
  public void notify(Frame notification) {}

  @Override
  public boolean isOpen() {
    return !closed.get();
  }

  private McpFailure lost(String why) {
    return McpFailure.connectionLost(server.name(), why);
  }

  @Override
  public CompletableFuture<Void> close() {
    if (closed.compareAndSet(false, true)) {
      server.closed(this);
      McpFailure reason = lost("it was closed");
      Set.copyOf(open.keySet()).forEach(call -> call.abandon(reason));
      listener.closed(reason);
    }
    return CompletableFuture.completedFuture(null);
  }
}
