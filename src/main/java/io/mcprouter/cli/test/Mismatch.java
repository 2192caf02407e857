package io.mcprouter.cli.test;

import io.mcprouter.config.SourceLocation;

/**
 * What came was not what was expected.
 *
 * @param at where the file says what was expected
 */
public record Mismatch(SourceLocation at, String message) {
  private static final int LONGEST = 2_000;

  public Mismatch {
    message =
        message.length() <= LONGEST
            ? message
            : message.substring(0, LONGEST) + "… (" + message.length() + " characters)";
  }

  /** {@code FILE:LINE:COLUMN: what was expected, and what came}. */
  @Override
  public String toString() {
    return at + ": " + message;
  }
}
