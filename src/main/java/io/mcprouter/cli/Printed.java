package io.mcprouter.cli;

/** What a server said, in a form that is fit for a terminal. */
final class Printed {
  private Printed() {}

  /** On one line, without anything that moves a cursor. */
  static String onOneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /** Without anything that moves a cursor but line ends and tabs. */
  static String text(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\r\\n\\t]]", " ");
  }
}
