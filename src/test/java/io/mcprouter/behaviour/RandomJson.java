package io.mcprouter.behaviour;

import java.util.Random;

/** Writes JSON texts that are valid and as odd as can be; the same seed gives the same text. */
final class RandomJson {
  private static final int DEEPEST = 60;
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "1.10",
    "1e2",
    "1E+400",
    "-1.5e-300",
    "12345678901234567890.123",
    "9007199254740993",
    "0.1000000000000000055511151231257827",
    "1.0",
    "100e-2"
  };
  private static final String[] PIECES = {
    "a",
    "Z",
    " ",
    "/",
    "\\/",
    "\\\"",
    "\\\\",
    "\\n",
    "\\r\\n",
    "\\t",
    "\\u0000",
    "\\u00e9",
    "é",
    "ß",
    "\\ud83d\\ude00",
    "😀",
    "\\ud800",
    "\u2028",
    "\\u2029",
    "漢字",
    "\u007f",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\u0022",
    "data: ",
    "\\b\\f"
  };
  private static final String[] KEYS = {
    "id", "method", "params", "name", "arguments", "_meta", "progressToken", "uri", "", "k"
  };
  private static final String[] BLANKS = {
    "", "", "", " ", "  ", "\t", "\n", "\r\n", "\n    ", " \t "
  };

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomJson(long seed) {
    this.random = new Random(seed);
  }

  /** An object as text. */
  static String object(long seed) {
    RandomJson json = new RandomJson(seed);
    if (json.random.nextInt(8) == 0) {
      json.deep();
    } else {
      json.object(0);
    }
    return json.text.toString();
  }

  /** Any value as text. */
  static String value(long seed) {
    RandomJson json = new RandomJson(seed);
    json.value(0);
    return json.text.toString();
  }

  private void deep() {
    int depth = 1 + random.nextInt(DEEPEST);
    text.append("{\"deep\":");
    for (int i = 0; i < depth; i++) {
      blank();
      text.append(i % 2 == 0 ? "[" : "{\"\":");
    }
    scalar();
    for (int i = depth - 1; i >= 0; i--) {
      blank();
      text.append(i % 2 == 0 ? ']' : '}');
    }
    text.append('}');
  }

  private void value(int depth) {
    int kind = random.nextInt(depth > 4 ? 6 : 10);
    if (kind < 6) {
      scalar();
    } else if (kind < 8) {
      object(depth + 1);
    } else {
      array(depth + 1);
    }
  }

  private void scalar() {
    switch (random.nextInt(5)) {
      case 0 -> text.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 1 -> text.append(random.nextLong());
      case 2 ->
          text.append(random.nextBoolean() ? "true" : random.nextBoolean() ? "false" : "null");
      default -> string();
    }
  }

  private void string() {
    text.append('"');
    for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    text.append('"');
  }

  /** Keys may come twice: inside arguments that is the server's own affair. */
  private void object(int depth) {
    text.append('{');
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      text.append(i == 0 ? "" : ",");
      blank();
      if (random.nextInt(3) == 0) {
        string();
      } else {
        text.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
      }
      blank();
      text.append(':');
      blank();
      value(depth);
      blank();
    }
    text.append('}');
  }

  private void array(int depth) {
    text.append('[');
    int items = random.nextInt(6);
    for (int i = 0; i < items; i++) {
      text.append(i == 0 ? "" : ",");
      blank();
      value(depth);
      blank();
    }
    text.append(']');
  }

  private void blank() {
    text.append(BLANKS[random.nextInt(BLANKS.length)]);
  }
}
