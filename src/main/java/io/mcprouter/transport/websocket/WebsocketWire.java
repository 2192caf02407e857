package io.mcprouter.transport.websocket;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.SkippedMessages;
import io.mcprouter.transport.spi.Wire;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A websocket that carries one message a text frame.
 *
 * <p>The socket and all state belong to one Vert.x context; other threads come in by {@link #send}
 * and {@link #close} alone, which hop there.
 */
final class WebsocketWire implements Wire {
  private static final short UNSUPPORTED_DATA = 1003;
  private static final short MESSAGE_TOO_BIG = 1009;
  private static final long NO_TIMER = -1;

  private final Context context;
  private final WebSocket socket;
  private final ConnectionOptions options;
  private final Listener listener;
  private final SkippedMessages skipped;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private @Nullable Buffer parts;
  private long framesHeard;
  private long pingTimer = NO_TIMER;
  private volatile boolean over;

  WebsocketWire(Context context, WebSocket socket, ConnectionOptions options, Listener listener) {
    this.context = context;
    this.socket = socket;
    this.options = options;
    this.listener = listener;
    this.skipped = new SkippedMessages(options.server(), "websocket");
  }

  void listen() {
    socket.frameHandler(this::frame);
    socket.pongHandler(pong -> framesHeard++);
    socket.exceptionHandler(this::broken);
    socket.closeHandler(
        none -> {
          end(lost(closing(socket.closeStatusCode())));
          gone.complete(null);
        });
  }

  private static String closing(@Nullable Short code) {
    return code == null || code == WebSocketCloseStatus.ABNORMAL_CLOSURE.code()
        ? "the websocket broke off"
        : "the server closed the websocket (code " + code + ")";
  }

  /**
   * Sends a ping every {@code interval} ms, and ends the wire after {@code limit} ms of silence.
   */
  void ping(long interval, long limit) {
    pingTimer = context.owner().setPeriodic(interval, timer -> ping(limit));
  }

  private void ping(long limit) {
    long before = framesHeard;
    socket.writePing(Buffer.buffer());
    context
        .owner()
        .setTimer(
            Math.max(1, limit),
            timer -> {
              if (framesHeard == before) {
                closeFor(lost("no answer to a ping within " + limit + " ms"));
              }
            });
  }

  private void closeFor(McpFailure reason) {
    if (!over) {
      end(reason);
      socket.close();
    }
  }

  private void closeFor(short code, McpFailure reason) {
    end(reason);
    socket.close(code);
  }

  private void frame(WebSocketFrame frame) {
    framesHeard++;
    if (over) {
      return;
    }
    switch (frame.type()) {
      case TEXT, CONTINUATION -> part(frame);
      case BINARY ->
          closeFor(
              UNSUPPORTED_DATA,
              McpFailure.violation(options.server(), "it sent a binary frame, MCP is text"));
      case PING, PONG, CLOSE -> {}
    }
  }

  private void part(WebSocketFrame frame) {
    Buffer before = parts;
    Buffer data = frame.binaryData();
    int length = data.length() + (before == null ? 0 : before.length());
    if (length > options.limits().maxMessageBytes()) {
      parts = null;
      closeFor(MESSAGE_TOO_BIG, tooLarge());
    } else if (!frame.isFinal()) {
      parts = (before == null ? Buffer.buffer() : before).appendBuffer(data);
    } else {
      parts = null;
      message((before == null ? data : before.appendBuffer(data)).getBytes());
    }
  }

  private McpFailure tooLarge() {
    return McpFailure.tooMuchSaid(
        options.server(),
        "it sent a message of more than " + options.limits().maxMessageBytes() + " bytes");
  }

  private void message(byte[] bytes) {
    try {
      Batch.read(bytes, options.limits().maxDepth(), listener);
    } catch (MalformedMessage e) {
      skipped.add(bytes.length);
      listener.skipped();
    }
  }

  private void broken(Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      boolean large = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      closeFor(
          (short) corrupted.closeStatus().code(),
          large ? tooLarge() : McpFailure.violation(options.server(), "a broken websocket frame"));
    } else {
      closeFor(lost("the websocket broke off"));
    }
  }

  @Override
  public boolean send(byte[] message) {
    if (over) {
      return false;
    }
    if (queuedBytes.addAndGet(message.length) > options.limits().maxQueuedBytes()) {
      queuedBytes.addAndGet(-message.length);
      return false;
    }
    context.runOnContext(none -> write(message));
    return true;
  }

  /**
   * The text is written as the bytes that came: they are UTF-8, which their reading made sure of.
   */
  private void write(byte[] message) {
    if (over) {
      return;
    }
    socket
        .writeFinalTextFrame(new String(message, StandardCharsets.UTF_8))
        .onComplete(written -> queuedBytes.addAndGet(-message.length));
  }

  @Override
  public CompletableFuture<Void> close() {
    context.runOnContext(none -> closeFor(lost("it was closed")));
    return gone;
  }

  private void end(McpFailure reason) {
    if (over) {
      return;
    }
    over = true;
    if (pingTimer != NO_TIMER) {
      context.owner().cancelTimer(pingTimer);
    }
    listener.closed(reason);
  }

  private McpFailure lost(String why) {
    return McpFailure.connectionLost(options.server(), why);
  }
}
