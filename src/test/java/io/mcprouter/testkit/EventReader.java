package io.mcprouter.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads an event stream, byte for byte, in code of the tests' own. */
final class EventReader {
  private final InputStream in;

  EventReader(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The next event that has data, or null at the end. */
  @Nullable Event next() throws IOException {
    String id = null;
    String name = "message";
    ByteArrayOutputStream data = null;
    for (byte[] line = line(); line != null; line = line()) {
      if (line.length == 0) {
        if (data != null) {
          return new Event(id, name, data.toByteArray());
        }
        continue;
      }
      if (startsWith(line, "data:")) {
        data = data == null ? new ByteArrayOutputStream() : separated(data);
        data.writeBytes(value(line, "data:".length()));
      } else if (startsWith(line, "event:")) {
        name = text(value(line, "event:".length()));
      } else if (startsWith(line, "id:")) {
        id = text(value(line, "id:".length()));
      }
    }
    return null;
  }

  private static ByteArrayOutputStream separated(ByteArrayOutputStream data) {
    data.write('\n');
    return data;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean startsWith(byte[] line, String start) {
    byte[] wanted = start.getBytes(StandardCharsets.US_ASCII);
    return line.length >= wanted.length
        && java.util.Arrays.equals(line, 0, wanted.length, wanted, 0, wanted.length);
  }

  private static byte[] value(byte[] line, int from) {
    int start = from < line.length && line[from] == ' ' ? from + 1 : from;
    return java.util.Arrays.copyOfRange(line, start, line.length);
  }

  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toByteArray();
      }
      line.write(next);
    }
    return null;
  }

  /** An event; {@code id} is null where it has none. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Event(@Nullable String id, String name, byte[] data) {}
}
