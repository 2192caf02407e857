package io.mcprouter.identity;

import io.mcprouter.protocol.Caller;
import java.util.Set;

/**
 * Who may see what operators write, and what everybody of their tenant did.
 *
 * @param everybody whether nobody is asked who they are: whoever reaches this machine is its
 *     operator
 * @param roles one of which makes a caller an administrator
 */
public record Administrators(boolean everybody, Set<String> roles) {
  public Administrators {
    roles = Set.copyOf(roles);
  }

  public boolean includes(Caller caller) {
    return everybody || caller.isApplication() || caller.roles().stream().anyMatch(roles::contains);
  }
}
