package io.mcprouter.monitoring;

import io.mcprouter.monitoring.ServerStates.ServerState;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators are told of a server: no address, no secret, no user.
 *
 * @param transport the transport's name, null where the entry cannot be used
 * @param state whether it can be reached
 * @param reason why it is down, as in the meters; null while it is not
 * @param since when it went up or down; null until somebody tried
 * @param sessions open sessions
 */
public record ServerReport(
    String name,
    @Nullable String transport,
    State state,
    @Nullable String reason,
    @Nullable Instant since,
    int sessions) {
  /** Whether a server can be reached. */
  public enum State {
    UP,
    DOWN,
    /** Nobody has tried to reach it. */
    UNKNOWN,
    /** Its entry cannot be used; the log says why. */
    FAILED
  }

  static ServerReport of(RouterState.RunningServer server, ServerState state) {
    boolean known = state.isKnown();
    return new ServerReport(
        server.name(),
        server.transport(),
        !known ? State.UNKNOWN : state.up() ? State.UP : State.DOWN,
        known && !state.up() ? state.failure() : null,
        known ? state.since() : null,
        state.openSessions());
  }

  static ServerReport failed(String name) {
    return new ServerReport(
        name, null, State.FAILED, McpFailure.Kind.NOT_CONFIGURED.label(), null, 0);
  }
}
