package io.mcprouter.oauth;

/** How a user's right at a server stands. */
sealed interface Standing {
  /** It can be used. */
  record Usable(Grant grant) implements Standing {}

  /** There is none, or it is lost: the user must log in. */
  record LoginNeeded(String why) implements Standing {}

  /** It could not be found out; the right is kept. */
  record Undecided(OAuthFailure why) implements Standing {}
}
