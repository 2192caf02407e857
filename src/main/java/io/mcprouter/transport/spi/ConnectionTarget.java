package io.mcprouter.transport.spi;

/** Where a connection goes and what it carries there, every placeholder replaced. */
public sealed interface ConnectionTarget permits ProcessTarget, RemoteTarget {
  /**
   * A digest of the values that this target was made with. A connection serves a call only while
   * they are the same; it tells nothing of the values themselves.
   */
  String digest();

  /** Whether any of the values came from the user. */
  boolean isPersonal();
}
