package io.mcprouter.config;

/**
 * What becomes of a child's standard error ({@code stderr}, default {@code inherit}), with the
 * meaning that Node's {@code child_process.spawn} gives the words.
 */
public sealed interface Stderr {
  /** The named choices. */
  enum Choice implements Stderr {
    /** Printed to the router's own standard error. */
    INHERIT,
    /** Kept for each server, bounded, and readable. */
    PIPE,
    /** Thrown away. */
    IGNORE
  }

  /**
   * A file descriptor that the router's process has open.
   *
   * @param number 1 or more
   */
  record Descriptor(int number) implements Stderr {
    public Descriptor {
      if (number < 1) {
        throw new IllegalArgumentException("a file descriptor for writing is 1 or more");
      }
    }
  }
}
