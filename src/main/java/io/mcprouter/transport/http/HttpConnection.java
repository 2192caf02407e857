package io.mcprouter.transport.http;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.Handshake;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.OpenCalls;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A session with a streamable HTTP server. Each call is a POST of its own and belongs to no thread:
 * it runs on the event loop that it came from. What the server says outside calls comes on one
 * listening stream.
 */
final class HttpConnection implements McpConnection {
  private static final long CLOSE_LIMIT_MILLIS = 5_000;

  final HttpClients clients;
  final ConnectionOptions options;
  final ConnectionListener listener;
  final OpenCalls calls;
  final JsonAnswers answers = new JsonAnswers(this);
  private final RemoteTarget target;
  private final PinnedAddress address;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile RequestHead head;
  private volatile @Nullable InitializeResult initialized;
  private volatile @Nullable ListeningStream stream;

  HttpConnection(
      HttpClients clients,
      RemoteTarget target,
      PinnedAddress address,
      ConnectionOptions options,
      ConnectionListener listener)
      throws McpFailure {
    this.clients = clients;
    this.target = target;
    this.address = address;
    this.options = options;
    this.listener = listener;
    this.head = RequestHead.beforeSession(options.server(), target, address);
    this.calls = new OpenCalls(options, listener, this::post);
  }

  /** Initializes: the answer names the session and the revision that all later requests carry. */
  CompletableFuture<McpConnection> open() {
    return address.ready().thenCompose(none -> initialize());
  }

  private CompletableFuture<McpConnection> initialize() {
    long id = ids.getAndIncrement();
    byte[] token = JsonText.number(id);
    Frame request = Handshake.initialize(token, options.capabilities());
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    McpCall call = McpCall.internal(answer);
    calls.add(id, call, null);
    HttpCall http = new HttpCall(this, id, call, request.method());
    call.start(http::cancelled);
    http.send(request.edit());
    return answer.thenComposeAsync(reply -> accept(reply, http.sessionId()), clients::soon);
  }

  private CompletableFuture<McpConnection> accept(Frame reply, @Nullable String sessionId) {
    InitializeResult result;
    try {
      result = InitializeResult.read(options.server(), reply);
      head = head.inSession(sessionId, result.revision());
    } catch (McpFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
    initialized = result;
    return HttpPost.initialized(this).send().thenCompose(none -> ready(result));
  }

  /** Whoever opened it may have given up meanwhile. */
  private CompletableFuture<McpConnection> ready(InitializeResult result) {
    if (ListeningStream.isWorthwhile(result, options)) {
      listen();
    }
    return closed.get()
        ? CompletableFuture.failedFuture(lost("it was closed while it was opened"))
        : CompletableFuture.completedFuture(this);
  }

  /** Either this sees that the connection is closed, or who closes it sees the stream. */
  private void listen() {
    ListeningStream opened = new ListeningStream(this);
    stream = opened;
    if (closed.get()) {
      opened.close();
    }
    opened.open();
  }

  RemoteTarget target() {
    return target;
  }

  RequestHead head() {
    return head;
  }

  /** No connection could be made: another address of the server may do better. */
  void unreachable() {
    address.disappointed();
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
    HttpCall http = new HttpCall(this, id, call, request.method());
    calls.add(id, call, progressToken);
    if (closed.get()) {
      calls.remove(id);
      call.sessionLost(McpFailure.connectionLost(options.server(), "it is closed"));
      return;
    }
    if (!call.start(http::cancelled)) {
      calls.remove(id);
      return;
    }
    http.send(request.edit().id(token).progressToken(progressToken == null ? null : token));
  }

  @Override
  public void notify(Frame notification) {
    post(notification.bytes());
  }

  /** Sends a message that has no answer; a failure to do so ends nothing. */
  void post(byte[] message) {
    if (!closed.get()) {
      HttpPost.of(this, message).send();
    }
  }

  void tellCancelled(long id, McpFailure reason) {
    post(Messages.cancelled(JsonText.number(id), reason.toldToServer()));
  }

  /**
   * The server does not know the session any more: this connection is over, its other calls are the
   * server's to answer.
   */
  void sessionLost() {
    end(
        McpFailure.of(
            McpFailure.Kind.SESSION_LOST, options.server(), "it no longer knows the session"));
  }

  private boolean end(McpFailure reason) {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    ListeningStream listening = stream;
    if (listening != null) {
      listening.close();
    }
    if (initialized != null) {
      listener.closed(reason);
    }
    return true;
  }

  @Override
  public boolean isOpen() {
    return !closed.get() && initialized != null;
  }

  /** Ends the session with a DELETE, which a server may refuse (transports, session management). */
  @Override
  public CompletableFuture<Void> close() {
    McpFailure reason = lost("it was closed");
    if (!end(reason)) {
      return CompletableFuture.completedFuture(null);
    }
    calls.failAll(reason);
    if (!head.hasSession()) {
      return CompletableFuture.completedFuture(null);
    }
    return HttpPost.delete(this, CLOSE_LIMIT_MILLIS)
        .orTimeout(CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(refused -> null);
  }

  private McpFailure lost(String why) {
    return McpFailure.connectionLost(options.server(), why);
  }
}
