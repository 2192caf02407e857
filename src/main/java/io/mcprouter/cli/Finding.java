package io.mcprouter.cli;

/**
 * What a look at one need of a server found.
 *
 * @param isGood whether it is met, or cannot be known before a user calls
 */
record Finding(boolean isGood, String what) {
  static Finding good(String what) {
    return new Finding(true, what);
  }

  static Finding missing(String what) {
    return new Finding(false, what);
  }

  @Override
  public String toString() {
    return (isGood ? "ok       " : "MISSING  ") + what;
  }
}
