package io.mcprouter.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over JSON text without building anything from it. It accepts exactly RFC 8259 in UTF-8, so
 * that what the router passes on byte for byte is known to be well-formed, and it is the one part
 * of the way of a call whose cost grows with the size of a message: strings are skipped eight bytes
 * at a time.
 */
final class JsonScanner {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int STRIDE = 4 * Long.BYTES;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private final byte[] json;
  private final int end;
  private final int maxDepth;
  private boolean lineBreaks;

  JsonScanner(byte[] json, int end, int maxDepth) {
    this.json = json;
    this.end = end;
    this.maxDepth = maxDepth;
  }

  /**
   * Whether a line break stood between two tokens so far, which line-framed transports must
   * replace.
   */
  boolean sawLineBreaks() {
    return lineBreaks;
  }

  int skipBlanks(int from) {
    int at = from;
    while (at < end) {
      byte c = json[at];
      if (c > ' ') {
        return at;
      }
      if (c == '\n' || c == '\r') {
        lineBreaks = true;
      } else if (c != ' ' && c != '\t') {
        return at;
      }
      at++;
    }
    return at;
  }

  byte at(int position) throws MalformedMessage {
    if (position >= end) {
      throw MalformedMessage.notJson("the text ends early", position);
    }
    return json[position];
  }

  int expect(char wanted, int position) throws MalformedMessage {
    if (at(position) != wanted) {
      throw MalformedMessage.notJson("'" + wanted + "' expected", position);
    }
    return position + 1;
  }

  /** The position behind the value that begins at {@code from}. */
  int skipValue(int from, int depth) throws MalformedMessage {
    return switch (at(from)) {
      case '"' -> skipString(from);
      case '{' -> skipObject(from, depth + 1);
      case '[' -> skipArray(from, depth + 1);
      case 't' -> skipLiteral(from, "true");
      case 'f' -> skipLiteral(from, "false");
      case 'n' -> skipLiteral(from, "null");
      default -> skipNumber(from);
    };
  }

  private int skipObject(int from, int depth) throws MalformedMessage {
    checkDepth(depth, from);
    int at = skipBlanks(from + 1);
    if (at(at) == '}') {
      return at + 1;
    }
    while (true) {
      at = skipBlanks(skipKey(at));
      at = skipBlanks(skipValue(skipBlanks(expect(':', at)), depth));
      if (at(at) == '}') {
        return at + 1;
      }
      at = skipBlanks(expect(',', at));
    }
  }

  private int skipArray(int from, int depth) throws MalformedMessage {
    checkDepth(depth, from);
    int at = skipBlanks(from + 1);
    if (at(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = skipBlanks(skipValue(at, depth));
      if (at(at) == ']') {
        return at + 1;
      }
      at = skipBlanks(expect(',', at));
    }
  }

  private void checkDepth(int depth, int position) throws MalformedMessage {
    if (depth > maxDepth) {
      throw MalformedMessage.notJson("nested deeper than " + maxDepth + " levels", position);
    }
  }

  int skipKey(int from) throws MalformedMessage {
    if (at(from) != '"') {
      throw MalformedMessage.notJson("a key in double quotes expected", from);
    }
    return skipString(from);
  }

  /** The position behind the string whose opening quote stands at {@code from}. */
  int skipString(int from) throws MalformedMessage {
    int at = from + 1;
    while (true) {
      at = skipPlain(at);
      byte c = at(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\') {
        at = skipEscape(at);
      } else if (c < 0) {
        at = skipMultiByte(at);
      } else {
        throw MalformedMessage.notJson("control character in a string", at);
      }
    }
  }

  /** Skips printable ASCII other than quote and backslash. */
  private int skipPlain(int from) {
    int at = from;
    while (at + STRIDE <= end && isPlain(at)) {
      at += STRIDE;
    }
    while (at + Long.BYTES <= end) {
      long special = special(at) & HIGHS;
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && json[at] >= ' ' && json[at] != '"' && json[at] != '\\') {
      at++;
    }
    return at;
  }

  private boolean isPlain(int at) {
    long special = special(at) | special(at + 8) | special(at + 16) | special(at + 24);
    return (special & HIGHS) == 0;
  }

  /**
   * Eight bytes whose highest bits tell which are no plain characters: a quote, a backslash, a
   * control character, or no ASCII. A bit above the first that is set may be wrong, for the
   * subtractions borrow.
   */
  private long special(int at) {
    long chunk = (long) LONGS.get(json, at);
    return ((chunk ^ QUOTES) - ONES) | ((chunk ^ BACKSLASHES) - ONES) | (chunk - BLANKS) | chunk;
  }

  private int skipEscape(int from) throws MalformedMessage {
    switch (at(from + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return from + 2;
      }
      case 'u' -> {
        for (int at = from + 2; at < from + 6; at++) {
          if (Character.digit(at(at), 16) < 0) {
            throw MalformedMessage.notJson("four hexadecimal digits expected", at);
          }
        }
        return from + 6;
      }
      default -> throw MalformedMessage.notJson("unknown escape", from);
    }
  }

  private int skipMultiByte(int from) throws MalformedMessage {
    int lead = json[from] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4) {
      throw MalformedMessage.notJson("not UTF-8", from);
    }
    for (int at = from + 1; at < from + length; at++) {
      if ((at(at) & 0xc0) != 0x80) {
        throw MalformedMessage.notJson("not UTF-8", at);
      }
    }
    int second = json[from + 1] & 0xff;
    boolean overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    boolean outside = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
    if (overlong || outside) {
      throw MalformedMessage.notJson("not UTF-8", from);
    }
    return from + length;
  }

  private int skipLiteral(int from, String literal) throws MalformedMessage {
    for (int i = 1; i < literal.length(); i++) {
      if (at(from + i) != literal.charAt(i)) {
        throw MalformedMessage.notJson("'" + literal + "' expected", from);
      }
    }
    return from + literal.length();
  }

  private int skipNumber(int from) throws MalformedMessage {
    int at = json[from] == '-' ? from + 1 : from;
    if (at(at) == '0') {
      at++;
    } else {
      at = skipDigits(at);
    }
    if (at < end && json[at] == '.') {
      at = skipDigits(at + 1);
    }
    if (at < end && (json[at] == 'e' || json[at] == 'E')) {
      at++;
      if (at(at) == '+' || json[at] == '-') {
        at++;
      }
      at = skipDigits(at);
    }
    return at;
  }

  private int skipDigits(int from) throws MalformedMessage {
    int at = from;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw MalformedMessage.notJson("a value expected", from);
    }
    return at;
  }
}
