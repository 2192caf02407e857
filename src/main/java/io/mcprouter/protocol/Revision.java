package io.mcprouter.protocol;

import java.util.Optional;

/**
 * The protocol revisions that the router speaks, oldest first. What differs between them is asked
 * here and nowhere else.
 */
public enum Revision {
  V2024_11_05("2024-11-05"),
  V2025_03_26("2025-03-26"),
  V2025_06_18("2025-06-18"),
  V2025_11_25("2025-11-25");

  public static final Revision LATEST = V2025_11_25;

  /**
   * What a streamable HTTP request without a version header and without a session speaks
   * (transports, 2025-06-18).
   */
  public static final Revision WITHOUT_HEADER = V2025_03_26;

  private final String text;

  Revision(String text) {
    this.text = text;
  }

  public static Optional<Revision> of(String text) {
    for (Revision revision : values()) {
      if (revision.text.equals(text)) {
        return Optional.of(revision);
      }
    }
    return Optional.empty();
  }

  /**
   * The revision to answer {@code initialize} with: the asked one where it is spoken, else the
   * latest (lifecycle, version negotiation).
   */
  public static Revision negotiate(String asked) {
    return of(asked).orElse(LATEST);
  }

  public String text() {
    return text;
  }

  /** JSON-RPC batches exist in 2025-03-26 alone. */
  public boolean hasBatches() {
    return this == V2025_03_26;
  }

  /** {@code MCP-Protocol-Version} on every HTTP request after {@code initialize}. */
  public boolean hasVersionHeader() {
    return compareTo(V2025_06_18) >= 0;
  }

  /** Whether a tool's result can hold a block that leads to a resource. */
  public boolean hasResourceLinks() {
    return compareTo(V2025_06_18) >= 0;
  }

  /**
   * An event with an id and empty data opens each stream, so that the client can resume at once.
   */
  public boolean hasPrimingEvent() {
    return compareTo(V2025_11_25) >= 0;
  }

  /** Whether a client can be asked something of its user. */
  public boolean hasElicitation() {
    return compareTo(V2025_06_18) >= 0;
  }

  /** Whether a client can be asked to open a page. */
  public boolean hasUrlElicitation() {
    return compareTo(V2025_11_25) >= 0;
  }

  public boolean hasIcons() {
    return compareTo(V2025_11_25) >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
