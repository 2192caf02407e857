package io.mcprouter.oauth;

import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;

/** Knows the servers that authorization is for. */
@FunctionalInterface
public interface OAuthTargets {
  /**
   * A server as one caller reaches it.
   *
   * @throws McpFailure where there is none of this name for this caller, or a variable is missing
   */
  OAuthTarget target(Caller caller, String server) throws McpFailure;

  /**
   * For a login whose target is known already.
   *
   * @throws McpFailure where there is no server of this name for this caller any more
   */
  default void requireServer(Caller caller, String server) throws McpFailure {}
}
