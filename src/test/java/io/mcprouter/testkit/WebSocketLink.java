package io.mcprouter.testkit;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A websocket with subprotocol {@code mcp}: one message a text frame. */
final class WebSocketLink implements Link, WebSocket.Listener {
  private final Receiver receiver;
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  WebSocketLink(URI uri, Map<String, String> headers, Receiver receiver) {
    this.receiver = receiver;
    WebSocket.Builder builder =
        ClientConnections.shared().newWebSocketBuilder().subprotocols("mcp");
    headers.forEach(builder::header);
    URI address = URI.create("ws" + uri.toString().substring("http".length()));
    this.socket = builder.buildAsync(address, this).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      byte[] message = text.toString().getBytes(StandardCharsets.UTF_8);
      text.setLength(0);
      receiver.accept(message);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    receiver.closed(status + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable thrown) {
    receiver.closed(thrown.toString());
  }

  @Override
  public synchronized void send(byte[] message) {
    socket.sendText(new String(message, StandardCharsets.UTF_8), true).join();
  }

  @Override
  public void close() {
    // the router may have closed it in the meantime, which fails the sending
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(closed -> socket).join();
    socket.abort();
  }

  @Override
  public void vanish() {
    socket.abort();
  }
}
