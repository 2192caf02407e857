package io.mcprouter.config;

/** Whose instructions a client sees for a server ({@code serverInstructions}). */
public sealed interface ServerInstructions {
  /** The choices without a text. */
  enum Choice implements ServerInstructions {
    /** The key is not there: no instructions where servers are merged. */
    ABSENT,
    /** {@code true}: what the server says of itself, if it says anything. */
    FROM_SERVER,
    /** {@code false}: none, whatever the server says. */
    OFF
  }

  /** The administrator's own text, which takes the place of the server's. */
  record Text(String text) implements ServerInstructions {}
}
