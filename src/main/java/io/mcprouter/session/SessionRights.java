package io.mcprouter.session;

import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;

/** The rights that callers have at servers: asked for when a session opens, not with each call. */
public interface SessionRights {
  /** No server asks for a right. */
  SessionRights NONE =
      new SessionRights() {
        @Override
        public RemoteTarget with(Caller caller, String server, RemoteTarget target) {
          return target;
        }

        @Override
        public boolean isRequired(String server) {
          return false;
        }
      };

  /**
   * The target with the caller's right at the server. Must not block.
   *
   * @param caller whose session it becomes; {@link Caller#APPLICATION} for one that users share
   * @throws McpFailure where the entry's own texts on authorization cannot be used
   */
  RemoteTarget with(Caller caller, String server, RemoteTarget target) throws McpFailure;

  /** Whether the server is known to ask for a right, so that no two users can share a session. */
  boolean isRequired(String server);
}
