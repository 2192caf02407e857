package io.mcprouter.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages as the stdio transport frames them: one a line, in UTF-8 (transports, stdio). For one
 * thread.
 */
public final class MessageLines {
  private static final int USUAL = 16 << 10;

  private final InputStream in;
  private final int maxBytes;

  /**
   * @param maxBytes longest line, without its end
   */
  public MessageLines(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, USUAL);
    this.maxBytes = maxBytes;
  }

  /**
   * The next line that is not empty, without its line feed, or null at the end of the input. A
   * carriage return before the line feed is left: to JSON it is white space.
   *
   * @throws MalformedMessage when a line is too long; it is skipped, and the next call reads on
   *     behind it
   */
  public byte @Nullable [] next() throws IOException, MalformedMessage {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    int next = in.read();
    while (next >= 0) {
      if (next != '\n') {
        length++;
        if (length <= maxBytes) {
          line.write(next);
        }
      } else if (length > maxBytes) {
        throw MalformedMessage.invalid("a line has more than " + maxBytes + " bytes");
      } else if (!isBlank(line, length)) {
        return line.toByteArray();
      } else {
        line.reset();
        length = 0;
      }
      next = in.read();
    }
    return length == 0 || length > maxBytes ? null : line.toByteArray();
  }

  private static boolean isBlank(ByteArrayOutputStream line, long length) {
    return length == 0 || (length == 1 && line.toByteArray()[0] == '\r');
  }

  /**
   * The message as one line with its end. Between the tokens of a message, line breaks mean
   * nothing; inside a string they cannot stand.
   */
  public static byte[] line(byte[] message) {
    byte[] line = new byte[message.length + 1];
    for (int i = 0; i < message.length; i++) {
      byte next = message[i];
      line[i] = next == '\n' || next == '\r' ? (byte) ' ' : next;
    }
    line[message.length] = '\n';
    return line;
  }
}
