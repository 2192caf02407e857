package io.mcprouter.routing.guard;

/**
 * Texts for the eyes of a person who decides by them. What does not show, such as a mark that turns
 * the direction of writing, is written as an escape, so that it cannot make a text look like
 * another.
 */
final class Visible {
  private Visible() {}

  static String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(each -> append(shown, each));
    return shown.toString();
  }

  /** JSON on one line, without blanks between its tokens, which could push others out of sight. */
  static String json(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    boolean inString = false;
    boolean escaped = false;
    for (int at = 0, each; at < json.length(); at += Character.charCount(each)) {
      each = json.codePointAt(at);
      if (inString || each > ' ') {
        append(shown, each);
      }
      inString ^= each == '"' && !escaped;
      escaped = each == '\\' && !escaped;
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int each) {
    if (isHidden(each)) {
      for (char unit : Character.toChars(each)) {
        shown.append("\\u%04x".formatted((int) unit));
      }
    } else {
      shown.appendCodePoint(each);
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
      default -> false;
    };
  }
}
