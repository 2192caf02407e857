package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Texts for the eyes of a person who decides by them. What does not show, such as a mark that turns
 * the direction of writing, is written as an escape, so that it cannot make a text look like
 * another; many blanks are counted, so that they cannot push anything out of sight.
 */
final class Visible {
  private static final JsonFactory JSON = new JsonFactory();

  /** The longest run of blanks that is shown as it is. */
  private static final int MOST_BLANKS = 20;

  private Visible() {}

  static String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    append(shown, text, false);
    return shown.toString();
  }

  /**
   * JSON on one line, without blanks between its tokens. Escapes are resolved first, so that
   * everything looks alike that says the same; numbers stay as they are written.
   */
  static String json(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        append(shown, token, parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("JSON that was read before", e);
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, JsonToken token, JsonParser parser)
      throws IOException {
    if (!token.isStructEnd()
        && !shown.isEmpty()
        && "[{:".indexOf(shown.charAt(shown.length() - 1)) < 0) {
      shown.append(',');
    }
    switch (token) {
      case FIELD_NAME -> quoted(shown, parser.currentName()).append(':');
      case VALUE_STRING -> quoted(shown, parser.getText());
      default -> shown.append(parser.getText());
    }
  }

  private static StringBuilder quoted(StringBuilder shown, String text) {
    shown.append('"');
    append(shown, text, true);
    return shown.append('"');
  }

  private static void append(StringBuilder shown, String text, boolean quoted) {
    for (int at = 0, each; at < text.length(); at += Character.charCount(each)) {
      each = text.codePointAt(at);
      int blanks = blanks(text, at);
      if (blanks > MOST_BLANKS) {
        escape(shown, each);
        shown.append('{').append(blanks).append('}'); // a backslash of the text is doubled
        at += blanks - 1; // all of one unit
      } else if (quoted && (each == '"' || each == '\\')) {
        shown.append('\\').append((char) each);
      } else if (isHidden(each)) {
        escape(shown, each);
      } else {
        shown.appendCodePoint(each);
      }
    }
  }

  /** How many blanks stand there in a row. */
  private static int blanks(String text, int from) {
    int end = from;
    while (end < text.length()
        && Character.getType(text.charAt(end)) == Character.SPACE_SEPARATOR) {
      end++;
    }
    return end - from;
  }

  private static void escape(StringBuilder shown, int each) {
    for (char unit : Character.toChars(each)) {
      shown.append("\\u%04x".formatted((int) unit));
    }
  }

  private static boolean isHidden(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> isEmptyLetter(each) || isSelector(each);
    };
  }

  /** Letters and signs without ink. */
  private static boolean isEmptyLetter(int each) {
    return switch (each) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }

  /** Marks that choose another form of the character before them. */
  private static boolean isSelector(int each) {
    return (each >= 0x180B && each <= 0x180F)
        || (each >= 0xFE00 && each <= 0xFE0F)
        || (each >= 0xE0100 && each <= 0xE01EF);
  }
}
