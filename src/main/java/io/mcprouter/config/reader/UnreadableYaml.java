package io.mcprouter.config.reader;

/** A document that cannot be read at all. */
final class UnreadableYaml extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Position at;
  private final String problem;

  UnreadableYaml(Position at, String message) {
    super(message, null, false, false);
    this.at = at;
    this.problem = message;
  }

  Position at() {
    return at;
  }

  /** What is wrong, and what to do. */
  String problem() {
    return problem;
  }
}
