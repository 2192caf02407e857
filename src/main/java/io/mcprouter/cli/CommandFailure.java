package io.mcprouter.cli;

/** A command cannot do what it was asked for; the message says in one sentence why. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message, null, false, false);
  }
}
