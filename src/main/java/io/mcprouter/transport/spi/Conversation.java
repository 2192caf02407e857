package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation on a {@link Wire}: it gives every request an id of its own, finds the call that a
 * reply belongs to, and tells the call's own messages from those of nobody.
 *
 * <p>Nothing here waits: replies come from the wire's thread, calls from any.
 */
public final class Conversation implements McpConnection, Wire.Listener {
  private final ConnectionOptions options;
  private final ConnectionListener listener;
  private final AtomicLong ids = new AtomicLong();
  private final OpenCalls calls;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Frame> handshake = new CompletableFuture<>();
  private volatile @Nullable Wire wire;
  private volatile @Nullable InitializeResult initialized;

  private Conversation(ConnectionOptions options, ConnectionListener listener) {
    this.options = options;
    this.listener = listener;
    this.calls = new OpenCalls(options, listener, this::send);
  }

  /** A connector that opens a wire and initializes on it, all within the init timeout. */
  public static McpConnector over(Wire.Opener opener) {
    return (target, options, listener) -> new Conversation(options, listener).open(opener, target);
  }

  private CompletableFuture<McpConnection> open(Wire.Opener opener, ConnectionTarget target) {
    long limit = options.initTimeout().toMillis();
    return opener
        .open(target, options, this)
        .thenCompose(this::initialize)
        .orTimeout(limit, TimeUnit.MILLISECONDS)
        .handle(this::opened)
        .thenCompose(opened -> opened);
  }

  private CompletableFuture<McpConnection> opened(
      @Nullable McpConnection connection, @Nullable Throwable thrown) {
    if (connection != null) {
      return CompletableFuture.completedFuture(connection);
    }
    McpFailure failure = initFailure(thrown);
    return close()
        .handle((none, ignored) -> null)
        .thenCompose(none -> CompletableFuture.failedFuture(failure));
  }

  private McpFailure initFailure(@Nullable Throwable thrown) {
    if (thrown instanceof TimeoutException
        || thrown == null
        || thrown.getCause() instanceof TimeoutException) {
      return McpFailure.unavailable(
          options.server(),
          "not initialized within " + options.initTimeout().toMillis() + " ms (initTimeout)");
    }
    McpFailure failure = McpFailure.from(thrown, options.server());
    // nothing was asked of the server yet, so no caller has to fear that it acted
    return failure.kind() == McpFailure.Kind.CONNECTION_LOST
        ? failure.as(McpFailure.Kind.UNAVAILABLE)
        : failure;
  }

  private CompletableFuture<McpConnection> initialize(Wire opened) {
    wire = opened;
    if (closed.get()) {
      McpFailure tooLate = lost("closed while connecting");
      return opened.close().thenCompose(none -> CompletableFuture.failedFuture(tooLate));
    }
    byte[] id = JsonText.number(ids.getAndIncrement());
    opened.send(Handshake.initialize(id, options.capabilities()).bytes());
    return handshake.thenCompose(this::accept);
  }

  private CompletableFuture<McpConnection> accept(Frame reply) {
    try {
      initialized = InitializeResult.read(options.server(), reply);
    } catch (McpFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
    send(Handshake.initialized().bytes());
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public InitializeResult initialized() {
    InitializeResult result = initialized;
    if (result == null) {
      throw new IllegalStateException("not initialized yet");
    }
    return result;
  }

  @Override
  public void call(Frame request, McpCall call) {
    if (calls.isFull()) {
      call.fail(calls.full());
      return;
    }
    long id = ids.getAndIncrement();
    byte[] token = JsonText.number(id);
    byte[] progressToken = request.progressToken();
    byte[] message =
        request.edit().id(token).progressToken(progressToken == null ? null : token).bytes();
    Cancellation cancellation = new Cancellation(id, token);
    calls.add(id, call, progressToken);
    if (!call.start(cancellation)) {
      calls.remove(id);
    } else if (send(message)) {
      cancellation.sent();
    } else {
      calls.remove(id);
      call.fail(closed.get() ? lost("it is closed") : tooMuchQueued());
    }
  }

  private McpFailure tooMuchQueued() {
    return McpFailure.limit(options.server(), "too much waits to be sent to it");
  }

  @Override
  public void notify(Frame notification) {
    send(notification.bytes());
  }

  private boolean send(byte[] message) {
    Wire open = wire;
    return open != null && !closed.get() && open.send(message);
  }

  @Override
  public void received(Frame message) {
    switch (message.kind()) {
      case RESULT, ERROR -> reply(message);
      case NOTIFICATION -> calls.notification(message, null);
      case REQUEST -> calls.question(message, null);
    }
  }

  private void reply(Frame reply) {
    long id = reply.numericId();
    if (id == 0) {
      handshake.complete(reply);
      return;
    }
    McpCall call = calls.remove(id);
    if (call != null) {
      call.complete(reply);
    }
  }

  @Override
  public void refused(byte[] message, McpFailure reason) {
    long id = requestId(message);
    McpCall call = calls.remove(id);
    if (id == 0) {
      handshake.completeExceptionally(reason);
    } else if (reason.kind() == McpFailure.Kind.SESSION_LOST) {
      close();
      if (call != null) {
        call.sessionLost(reason);
      }
    } else if (call != null) {
      call.fail(reason);
    }
  }

  /** The id of a request that this conversation sent, or -1: nobody waits for anything else. */
  private static long requestId(byte[] message) {
    try {
      Frame frame = Frame.parse(message, Integer.MAX_VALUE);
      return frame.isRequest() ? frame.numericId() : -1;
    } catch (MalformedMessage e) {
      return -1;
    }
  }

  @Override
  public void closed(McpFailure reason) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    handshake.completeExceptionally(reason);
    calls.failAll(reason);
    if (initialized != null) {
      listener.closed(reason);
    }
  }

  @Override
  public boolean isOpen() {
    return !closed.get() && initialized != null;
  }

  @Override
  public CompletableFuture<Void> close() {
    closed(lost("it was closed"));
    Wire open = wire;
    return open == null ? CompletableFuture.completedFuture(null) : open.close();
  }

  private McpFailure lost(String why) {
    return McpFailure.connectionLost(options.server(), why);
  }

  /** Tells the server that a call is cancelled, and never before it has heard of the call. */
  private final class Cancellation implements Consumer<McpFailure> {
    private final long id;
    private final byte[] token;
    private boolean sent;
    private @Nullable McpFailure early;

    Cancellation(long id, byte[] token) {
      this.id = id;
      this.token = token;
    }

    @Override
    public void accept(McpFailure reason) {
      synchronized (this) {
        if (!sent) {
          early = reason;
          return;
        }
      }
      tell(reason);
    }

    void sent() {
      McpFailure reason;
      synchronized (this) {
        sent = true;
        reason = early;
      }
      if (reason != null) {
        tell(reason);
      }
    }

    private void tell(McpFailure reason) {
      if (calls.remove(id) != null) {
        send(Messages.cancelled(token, reason.toldToServer()));
      }
    }
  }
}
