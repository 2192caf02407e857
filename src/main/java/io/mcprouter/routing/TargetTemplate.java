package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.placeholder.ResolvedAuthorization;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Map;
import java.util.Set;

/** A server's address, headers, arguments and variables with their placeholders compiled. */
public interface TargetTemplate {
  /** The users' own variables that it needs ({@code customUserVars}). */
  Set<String> variables();

  /** Whether it needs anything of the user: fields or variables. */
  boolean isPersonal();

  /**
   * Replaces the placeholders.
   *
   * @throws McpFailure when a value may not stand where it would, naming the place and never the
   *     value
   */
  ConnectionTarget resolve(Caller caller, Map<String, String> variables) throws McpFailure;

  /**
   * What the entry says of authorization, for a caller.
   *
   * @throws McpFailure as {@link #resolve}
   */
  ResolvedAuthorization authorization(Caller caller, Map<String, String> variables)
      throws McpFailure;
}
