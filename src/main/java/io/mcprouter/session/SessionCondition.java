package io.mcprouter.session;

/** How a user's sessions with a server are. */
public enum SessionCondition {
  NONE,
  OPENING,
  OPEN
}
