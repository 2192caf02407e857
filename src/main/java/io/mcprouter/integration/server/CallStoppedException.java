package io.mcprouter.integration.server;

/**
 * Nobody waits for a route's result any more. Camel takes it for an interruption: it is neither
 * redelivered nor handled.
 */
public final class CallStoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  CallStoppedException(String why) {
    super(why, new InterruptedException(why), false, false);
  }
}
