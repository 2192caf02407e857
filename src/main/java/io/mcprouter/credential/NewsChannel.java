package io.mcprouter.credential;

/** How messages reach the other nodes, and theirs this one. */
sealed interface NewsChannel extends AutoCloseable permits NotifyChannel, PollChannel {
  /** Begins to receive: nothing that is sent from now on is missed. */
  void open();

  /** Sends a message to all nodes; this one may receive it too. */
  void send(String message);

  @Override
  void close();
}
