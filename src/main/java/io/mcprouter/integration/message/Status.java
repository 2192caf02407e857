package io.mcprouter.integration.message;

import java.util.Arrays;

/** How the call of a message ended. */
public enum Status {
  /** The tool gave a result. */
  OK("ok", false),
  /** The tool gave a result that says it failed. */
  TOOL_ERROR("tool-error", false),
  /** The call failed, and the tool did not do its work. */
  FAILED("failed", true),
  /** The message may not make this call, or none at all; nothing was called. */
  REFUSED("refused", true),
  /** The tool may have done its work or not; the call is not made again. */
  OUTCOME_UNKNOWN("outcome-unknown", true),
  /** The message's deadline had passed; nothing was called. */
  EXPIRED("expired", true);

  private final String text;
  private final boolean dead;

  Status(String text, boolean dead) {
    this.text = text;
    this.dead = dead;
  }

  /** As it stands in an answer. */
  public String text() {
    return text;
  }

  /** Whether the message is kept as a dead letter. */
  boolean isDead() {
    return dead;
  }

  /**
   * The status of an answer.
   *
   * @throws IllegalArgumentException if there is none of that text
   */
  public static Status of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no status of a message: " + text));
  }
}
