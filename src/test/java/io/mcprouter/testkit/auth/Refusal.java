package io.mcprouter.testkit.auth;

/** The scripted authorization server says no, with an error code of OAuth. */
final class Refusal extends RuntimeException {
  private final String error;

  Refusal(String error, String description) {
    super(description);
    this.error = error;
  }

  String error() {
    return error;
  }

  static void unless(boolean holds, String error, String description) {
    if (!holds) {
      throw new Refusal(error, description);
    }
  }
}
