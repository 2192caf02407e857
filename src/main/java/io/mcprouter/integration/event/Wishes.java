package io.mcprouter.integration.event;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.protocol.OwnMessages;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a route asks of a server so that there are events: subscriptions and a log level, on the
 * router's own session, which stays open for them. What fails is asked for again; the log says so
 * once.
 */
final class Wishes {
  private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);
  private static final long AGAIN_SECONDS = 10;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(
          AGAIN_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread);

  private final ServerCalls servers;
  private final String server;
  private final List<String> resources;
  private final @Nullable LogLevel level;
  private final McpClient client = new McpClient("mcp-events-" + UUID.randomUUID(), "{}");
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile boolean stopped;

  Wishes(ServerCalls servers, String server, List<String> resources, @Nullable LogLevel level) {
    this.servers = servers;
    this.server = server;
    this.resources = List.copyOf(resources);
    this.level = level;
  }

  /** Asks for everything. */
  void say() {
    if (stopped) {
      return;
    }
    for (String uri : resources) {
      ask(OwnMessages.subscribe(uri));
    }
    if (level != null) {
      ask(OwnMessages.setLogLevel(level));
    }
  }

  /** Asks again, in a while: the server's session is gone, or the server is another one. */
  void sayAgain() {
    if (waiting.compareAndSet(false, true)) {
      LATER.execute(
          () -> {
            waiting.set(false);
            say();
          });
    }
  }

  /** Takes all of it back. */
  void stop() {
    stopped = true;
    for (String uri : resources) {
      send(OwnMessages.unsubscribe(uri), (reply, failure) -> {});
    }
  }

  private void ask(Frame request) {
    send(
        request,
        (reply, failure) -> {
          if (failure == null && reply != null && reply.kind() == Frame.Kind.RESULT) {
            failing.set(false);
          } else if (failure == null) {
            LOG.warn("Server '{}' refuses {} for mcp-events", server, request.method());
          } else {
            failed(request, failure);
          }
        });
  }

  private void failed(Frame request, McpFailure failure) {
    if (!failing.getAndSet(true)) {
      LOG.warn(
          "{}; {} for mcp-events is tried again every {} s",
          failure.getMessage(),
          request.method(),
          AGAIN_SECONDS);
    }
    sayAgain();
  }

  private void send(Frame request, McpCall.Outcome outcome) {
    servers.send(
        server, request, new McpCall(Caller.APPLICATION, client, CallStream.NONE), outcome);
  }
}
