package io.mcprouter.cli;

import io.mcprouter.config.Fault;

/** A fault of a servers file as one line, which editors and people can follow to its place. */
final class FaultLine {
  private FaultLine() {}

  /**
   * {@code FILE:LINE:COLUMN: server.path: what is wrong}, with {@code warning:} before a warning.
   */
  static String of(Fault fault) {
    return fault.isError()
        ? fault.toString()
        : fault.location() + ": " + fault.path() + ": warning: " + fault.message();
  }
}
