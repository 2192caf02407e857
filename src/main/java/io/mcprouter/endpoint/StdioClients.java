package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.MessageLines;
import io.mcprouter.protocol.Messages;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.ServerCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Serves the client that started this program, over standard streams (transports, stdio). */
public final class StdioClients {
  private final Front front;
  private final Catalog catalog;

  public StdioClients(
      EndpointSettings settings, ClientSessions sessions, Catalog catalog, ServerCalls servers) {
    ResourceMetadata nowhere = new ResourceMetadata(List.of(), () -> "", catalog);
    this.front =
        Front.of(
            settings,
            sessions,
            catalog,
            servers,
            nowhere,
            new ProvenConnections(proof -> true),
            Disclosure.full());
    this.catalog = catalog;
  }

  /** Whether there is such a view to serve. */
  public boolean serves(View view) {
    return catalog.serves(view);
  }

  /**
   * Serves one client until its input ends; what it waits for then is cancelled.
   *
   * @throws IOException when the input cannot be read any more
   */
  public void serve(InputStream in, OutputStream out, View view, Caller caller) throws IOException {
    MessageLines lines = new MessageLines(in, front.settings().limits().maxBodyBytes());
    try (LineChannel channel = new LineChannel(out)) {
      MessageClient client = new MessageClient(view, channel, front);
      try {
        while (receive(lines, line -> client.received(caller, line), channel)) {
          // until the end of the input
        }
      } finally {
        client.closed();
      }
    }
  }

  private static boolean receive(MessageLines lines, Consumer<byte[]> client, LineChannel channel)
      throws IOException {
    try {
      byte[] line = lines.next();
      if (line == null || !channel.canSend()) {
        return false;
      }
      client.accept(line);
    } catch (MalformedMessage tooLong) {
      channel.send(Messages.error(null, tooLong.code(), String.valueOf(tooLong.getMessage())));
    }
    return true;
  }
}
