package io.mcprouter.transport.stdio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The newest lines that the children of one server wrote to their error output. It outlives the
 * children, since the last words of a dead one are the most wanted. Safe from any thread.
 */
final class ErrorOutput {
  static final int MAX_LINES = 500;
  static final int MAX_CHARACTERS = 64 << 10;
  static final int MAX_LINE = 4 << 10;

  private final Deque<String> lines = new ArrayDeque<>();
  private int characters;

  /** Keeps the stream's lines until it ends. */
  void keep(LineReader.Source stream) throws InterruptedException {
    byte[] chunk = new byte[MAX_LINE];
    byte[] line = new byte[MAX_LINE];
    int length = 0;
    for (int count = stream.read(chunk, 0, chunk.length);
        count >= 0;
        count = stream.read(chunk, 0, chunk.length)) {
      for (int i = 0; i < count; i++) {
        if (chunk[i] == '\n' || length == MAX_LINE) {
          add(line, length);
          length = 0;
        }
        if (chunk[i] != '\n') {
          line[length++] = chunk[i];
        }
      }
    }
    add(line, length);
  }

  private void add(byte[] line, int length) {
    String text = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
    if (!text.isEmpty()) {
      add(text);
    }
  }

  private synchronized void add(String line) {
    lines.addLast(line);
    characters += line.length();
    while (lines.size() > MAX_LINES || characters > MAX_CHARACTERS) {
      characters -= lines.removeFirst().length();
    }
  }

  /** The kept lines, the oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
