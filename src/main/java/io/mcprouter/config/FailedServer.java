package io.mcprouter.config;

import java.util.List;

/**
 * An entry that cannot be used. It stops no other.
 *
 * @param reasons at least one error
 */
public record FailedServer(String name, SourceLocation location, List<Fault> reasons) {
  public FailedServer {
    reasons = List.copyOf(reasons);
  }
}
