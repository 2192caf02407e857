package io.mcprouter.session;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server in this JVM: it answers a tool call with the identity that the target carries. */
final class FakeServer implements McpConnector {
  private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

  final String name;
  final List<Connection> connections = new CopyOnWriteArrayList<>();
  final AtomicInteger attempts = new AtomicInteger();
  final AtomicInteger alive = new AtomicInteger();
  final AtomicInteger mostAlive = new AtomicInteger();

  /** Opening waits for this. */
  volatile CompletableFuture<Void> opening = AT_ONCE;

  /** Closing waits for this. */
  volatile CompletableFuture<Void> closing = AT_ONCE;

  /** Why it cannot be reached, or null when it can. */
  volatile @Nullable String down;

  /** Whether calls stay open until they are answered by hand. */
  volatile boolean holdsCalls;

  /** Where answers come from. */
  volatile Executor answering = Runnable::run;

  FakeServer(String name) {
    this.name = name;
  }

  Connection newest() {
    return connections.getLast();
  }

  @Override
  public CompletableFuture<McpConnection> open(
      ConnectionTarget target, ConnectionOptions options, ConnectionListener listener) {
    attempts.incrementAndGet();
    mostAlive.accumulateAndGet(alive.incrementAndGet(), Math::max);
    return opening.thenCompose(
        none -> {
          String why = down;
          if (why != null) {
            alive.decrementAndGet();
            return CompletableFuture.failedFuture(McpFailure.unavailable(name, why));
          }
          Connection connection = new Connection(target, options, listener);
          connections.add(connection);
          return CompletableFuture.completedFuture(connection);
        });
  }

  private static Frame frame(byte[] json) {
    return Frame.of(new String(json, StandardCharsets.UTF_8));
  }

  static Frame result(Frame request, String json) {
    byte[] id = request.id();
    if (id == null) {
      throw new IllegalArgumentException("not a request");
    }
    return frame(Messages.result(id, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** One conversation with it. */
  final class Connection implements McpConnection {
    final ConnectionTarget target;
    final ConnectionOptions options;
    final ConnectionListener listener;
    final List<Frame> requests = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<Held> held = new ConcurrentLinkedQueue<>();
    volatile boolean open = true;

    private Connection(
        ConnectionTarget target, ConnectionOptions options, ConnectionListener listener) {
      this.target = target;
      this.options = options;
      this.listener = listener;
    }

    @Override
    public InitializeResult initialized() {
      try {
        return InitializeResult.read(
            name,
            Frame.of(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-11-25\"}}"));
      } catch (McpFailure e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void call(Frame request, McpCall call) {
      if (!call.start(reason -> held.removeIf(one -> one.call == call))) {
        return;
      }
      if (!open) {
        call.fail(McpFailure.connectionLost(name, "it is closed"));
        return;
      }
      if (holdsCalls && request.method().equals(Methods.TOOLS_CALL)) {
        held.add(new Held(request, call));
        return;
      }
      requests.add(request);
      answering.execute(() -> call.complete(answer(request)));
    }

    private Frame answer(Frame request) {
      String whose = new String(JsonText.quoted(target.digest()), StandardCharsets.UTF_8);
      return result(
          request,
          request.method().equals(Methods.TOOLS_CALL) ? "{\"whose\":" + whose + "}" : "{}");
    }

    void answerHeld() {
      for (Held one = held.poll(); one != null; one = held.poll()) {
        one.call.complete(answer(one.request));
      }
    }

    /** The server no longer knows the session: all held calls were not acted on. */
    void forget() {
      open = false;
      McpFailure reason = McpFailure.of(McpFailure.Kind.SESSION_LOST, name, "unknown session");
      listener.closed(reason);
      for (Held one = held.poll(); one != null; one = held.poll()) {
        one.call.sessionLost(reason);
      }
    }

    void die() {
      broken("it died");
    }

    private void broken(String why) {
      if (open) {
        open = false;
        alive.decrementAndGet();
        McpFailure reason = McpFailure.connectionLost(name, why);
        for (Held one = held.poll(); one != null; one = held.poll()) {
          one.call.fail(reason);
        }
        listener.closed(reason);
      }
    }

    List<String> methods() {
      return requests.stream().map(Frame::method).toList();
    }

    @Override
    public void notify(Frame notification) {
      requests.add(notification);
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public CompletableFuture<Void> close() {
      return closing.thenRun(() -> broken("it was closed"));
    }
  }

  record Held(Frame request, McpCall call) {}
}
