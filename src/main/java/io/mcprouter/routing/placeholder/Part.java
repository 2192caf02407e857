package io.mcprouter.routing.placeholder;

import io.mcprouter.config.TokenField;
import io.mcprouter.config.UserField;

/** A piece of a compiled template. */
sealed interface Part {
  /** The administrator's text, with the variables of the environment already in it. */
  record Text(String text) implements Part {}

  /** A field of the caller; empty where the caller has none. */
  record Field(UserField field) implements Part {}

  /** Something of the token that the caller came with. */
  record OfToken(TokenField field) implements Part {}

  /** A variable that each user gives for themselves. */
  record Variable(String name) implements Part {}
}
