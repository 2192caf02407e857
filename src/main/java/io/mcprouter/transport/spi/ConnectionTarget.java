package io.mcprouter.transport.spi;

import java.time.Instant;

/** Where a connection goes and what it carries there, every placeholder replaced. */
public sealed interface ConnectionTarget permits ProcessTarget, RemoteTarget, InProcessTarget {
  /**
   * A digest of the values that this target was made with. A connection serves a call only while
   * they are the same; it tells nothing of the values themselves.
   */
  String digest();

  /** Whether any of the values came from the user. */
  boolean isPersonal();

  /**
   * When what it was made with is worth nothing any more, and a connection must be gone; {@link
   * Instant#MAX} for never.
   */
  Instant expires();
}
