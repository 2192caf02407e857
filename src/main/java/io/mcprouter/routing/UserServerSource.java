package io.mcprouter.routing;

import io.mcprouter.config.UserEntry;
import io.mcprouter.credential.Owner;
import java.util.List;

/** Where the entries are that users wrote for themselves. */
@FunctionalInterface
public interface UserServerSource {
  /** A user's entries in the order of their names. Blocks. */
  List<UserEntry> of(Owner owner);
}
