package io.mcprouter.console;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids of traces (W3C trace context). */
final class Trace {
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
  private static final String NO_TRACE = "0".repeat(32);

  private Trace() {}

  /** The trace's id; a new one where none, or none that can be read, is given. */
  static String id(@Nullable String traceparent) {
    if (traceparent != null) {
      Matcher read = TRACEPARENT.matcher(traceparent);
      if (read.matches() && !read.group(1).equals(NO_TRACE)) {
        return read.group(1);
      }
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
