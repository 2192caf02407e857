package io.mcprouter.config;

/**
 * A name, or a pattern in which {@code *} stands for any number of characters.
 *
 * @param text never empty
 */
public record NamePattern(String text) {
  public NamePattern {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a name pattern is not empty");
    }
  }

  /** Whether the whole name fits; takes time in proportion to both lengths at worst. */
  public boolean matches(String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int retry = 0;
    while (in < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        retry = in;
      } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++retry;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }
}
