package io.mcprouter.routing.placeholder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes values into URLs (RFC 3986), and finds path segments that would walk upwards. */
final class PercentEncoding {
  private static final String UNRESERVED = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentEncoding() {}

  static String encode(String value) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (isUnreserved(c)) {
        text.append((char) c);
      } else {
        text.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
      }
    }
    return text.toString();
  }

  /** Whether the path of a URL has a segment that is one dot or two, encoded or not. */
  static boolean walks(String url) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    if (path < 0 || (url.indexOf("/.", path) < 0 && url.indexOf("/%2", path) < 0)) {
      return false;
    }
    String segments = url.substring(path).split("[?#]", 2)[0];
    return Arrays.stream(segments.split("/", -1))
        .map(segment -> segment.replaceAll("%2[eE]", "."))
        .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }
}
