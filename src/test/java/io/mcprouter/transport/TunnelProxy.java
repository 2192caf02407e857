package io.mcprouter.transport;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A forward proxy that speaks HTTP (CONNECT and absolute URLs) and SOCKS5. */
public final class TunnelProxy {
  private final Vertx vertx;
  private final NetServer server;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  public TunnelProxy(Vertx vertx) {
    this.vertx = vertx;
    this.server =
        vertx
            .createNetServer()
            .connectHandler(client -> client.handler(first -> begin(client, first)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public int port() {
    return server.actualPort();
  }

  /** What clients asked for: the head of each connection's first request, or the SOCKS address. */
  public List<String> heads() {
    return heads;
  }

  private void begin(NetSocket client, Buffer first) {
    if (first.getByte(0) == 5) {
      client.handler(request -> socks(client, request));
      client.write(Buffer.buffer(new byte[] {5, 0}));
      return;
    }
    String head = first.toString(StandardCharsets.ISO_8859_1);
    heads.add(head);
    String[] line = head.split(" ", 3);
    if (line[0].equals("CONNECT")) {
      int colon = line[1].lastIndexOf(':');
      String host = line[1].substring(0, colon);
      int port = Integer.parseInt(line[1].substring(colon + 1));
      connect(client, host, port, Buffer.buffer("HTTP/1.1 200 OK\r\n\r\n"), null);
    } else {
      URI uri = URI.create(line[1]);
      connect(client, uri.getHost(), uri.getPort(), null, first);
    }
  }

  private void socks(NetSocket client, Buffer request) {
    boolean name = request.getByte(3) == 3;
    String host =
        name
            ? request.getString(5, 5 + request.getByte(4))
            : request.getUnsignedByte(4)
                + "."
                + request.getUnsignedByte(5)
                + "."
                + request.getUnsignedByte(6)
                + "."
                + request.getUnsignedByte(7);
    int port = request.getUnsignedShort(request.length() - 2);
    heads.add("socks " + host + ":" + port);
    connect(client, host, port, Buffer.buffer(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0}), null);
  }

  private void connect(
      NetSocket client,
      String host,
      int port,
      @Nullable Buffer toClient,
      @Nullable Buffer toServer) {
    client.pause();
    vertx
        .createNetClient()
        .connect(port, host)
        .onSuccess(
            upstream -> {
              if (toServer != null) {
                upstream.write(toServer);
              }
              upstream.handler(client::write);
              upstream.closeHandler(none -> client.close());
              client.handler(upstream::write);
              client.closeHandler(none -> upstream.close());
              if (toClient != null) {
                client.write(toClient);
              }
              client.resume();
            })
        .onFailure(cause -> client.close());
  }
}
