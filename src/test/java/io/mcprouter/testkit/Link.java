package io.mcprouter.testkit;

import java.util.function.Consumer;

/** A client's connection to the router, which carries bytes and knows nothing of their meaning. */
interface Link {
  /** Sends a message; returns when the router has taken it, not when it is answered. */
  void send(byte[] message);

  /**
   * The session is agreed on: listens for messages that belong to no request, where that is apart.
   */
  default void listen() {}

  /** Goes away in the way that the transport has for it. */
  void close();

  /** Goes away without a word, as a client does whose machine is switched off. */
  void vanish();

  /** Takes what arrives. */
  interface Receiver extends Consumer<byte[]> {
    /** A message was refused, or its connection broke. */
    void failed(byte[] message, String why);

    /** The connection is gone: nothing more arrives. */
    void closed(String why);
  }
}
