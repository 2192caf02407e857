package io.mcprouter.routing;

import io.mcprouter.config.UserEntry;
import java.util.List;

/** Where the entries are that users wrote for themselves. */
@FunctionalInterface
public interface UserServerSource {
  /**
   * A user's entries in the order of their names. Blocks.
   *
   * @param user the user's id within the tenant
   */
  List<UserEntry> of(String tenant, String user);
}
