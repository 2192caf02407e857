package io.mcprouter.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** JSON text of all shapes: odd numbers, escapes, unicode, blanks anywhere, nesting. */
final class RandomJson {
  private static final String[] NUMBERS = {
    "0", "-0", "1.10", "12345678901234567890.123", "1e5", "1E+400", "-2.5e-7", "10", "0.0"
  };
  private static final String[] PIECES = {
    "a",
    "Z",
    " ",
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\\u00e9",
    "\\uD83D\\uDE00",
    "\\ud800",
    "é",
    "€",
    "😀",
    "\u007f",
    "name",
    "progressToken",
    "\u0800",
    "\ud7ff",
    "\ue000",
    "\uffff"
  };
  private static final String[] BLANKS = {"", "", "", "", " ", "\t", "\n", "\r\n", "  "};

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  /** A value nested at most {@code depth} levels deep. */
  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> "null";
      case 3, 4 -> string();
      case 5 -> array(depth);
      default -> object(members(depth));
    };
  }

  private String array(int depth) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(value(depth - 1));
    }
    return "[" + joined(elements) + "]";
  }

  private List<String> members(int depth) {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(string() + blank() + ":" + blank() + value(depth - 1));
    }
    return members;
  }

  /** An object of these members, with blanks where blanks may be. */
  String object(List<String> members) {
    return "{" + joined(members) + "}";
  }

  private String joined(List<String> parts) {
    StringBuilder text = new StringBuilder(blank());
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "" : ",").append(blank()).append(parts.get(i)).append(blank());
    }
    return text.toString();
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.append('"').toString();
  }

  String blank() {
    return BLANKS[random.nextInt(BLANKS.length)];
  }
}
