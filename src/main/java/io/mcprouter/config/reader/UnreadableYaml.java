package io.mcprouter.config.reader;

/** A document that cannot be read at all. */
public final class UnreadableYaml extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Position at;
  private final String problem;

  UnreadableYaml(Position at, String message) {
    super(message, null, false, false);
    this.at = at;
    this.problem = message;
  }

  public Position at() {
    return at;
  }

  /** What is wrong, and what to do. */
  public String problem() {
    return problem;
  }
}
