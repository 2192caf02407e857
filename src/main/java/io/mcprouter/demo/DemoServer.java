package io.mcprouter.demo;

import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.MessageLines;
import io.mcprouter.protocol.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The demo server over standard streams (transports, stdio). */
public final class DemoServer {
  private static final int MAX_LINE_BYTES = 4 << 20;

  private final MessageLines in;
  private final OutputStream out;

  private DemoServer(InputStream in, OutputStream out) {
    this.in = new MessageLines(in, MAX_LINE_BYTES);
    this.out = out;
  }

  /**
   * Serves one client until the input ends.
   *
   * @throws IOException when the client cannot be read from or written to any more
   */
  public static void serve(InputStream in, OutputStream out) throws IOException {
    DemoServer server = new DemoServer(in, out);
    try (Conversation conversation = new Conversation(server::send)) {
      server.readAll(conversation);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readAll(Conversation conversation) throws IOException {
    boolean more = true;
    while (more) {
      try {
        byte @Nullable [] line = in.next();
        more = line != null;
        if (line != null) {
          conversation.received(line);
        }
      } catch (MalformedMessage e) {
        send(Messages.error(null, e.code(), String.valueOf(e.getMessage())));
      }
    }
  }

  private synchronized void send(byte[] message) {
    try {
      out.write(MessageLines.line(message));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
