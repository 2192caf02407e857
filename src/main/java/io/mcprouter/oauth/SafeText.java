package io.mcprouter.oauth;

/** Text of a foreign server as a message of ours may hold it. */
final class SafeText {
  private static final int LONGEST = 200;

  private SafeText() {}

  /** Printable ASCII only, without markup and quotes, cut to a line. */
  static String of(String foreign) {
    StringBuilder safe = new StringBuilder(Math.min(foreign.length(), LONGEST));
    for (int at = 0; at < foreign.length() && safe.length() < LONGEST; at++) {
      char one = foreign.charAt(at);
      boolean harmless = one >= ' ' && one <= '~' && "<>\"'`&\\".indexOf(one) < 0;
      safe.append(harmless ? one : ' ');
    }
    return safe.toString().strip();
  }
}
