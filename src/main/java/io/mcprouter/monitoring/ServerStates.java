package io.mcprouter.monitoring;

import io.mcprouter.config.ServerName;
import io.mcprouter.session.SessionEnd;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether servers can be reached, as their sessions tell. A server is up while it has an open
 * session or the last opening succeeded; it is down when the last opening failed, or its last
 * session was lost; it is unknown until somebody tries. A refusal by a limit of the router or for
 * want of a user's own value says nothing of the server. Nobody is told of servers that users
 * added.
 */
public final class ServerStates implements SessionObserver {
  private static final String LOST = "connection_lost";

  private final Map<String, ServerState> states = new ConcurrentHashMap<>();

  /** The state of a server. */
  public ServerState of(String server) {
    return states.getOrDefault(server, ServerState.NEVER_TRIED);
  }

  @Override
  public void opened(String server, String transport, Duration took) {
    if (!ServerName.isOfUser(server)) {
      states.compute(server, (name, before) -> known(before).opened());
    }
  }

  @Override
  public void openFailed(String server, String transport, McpFailure.Kind kind, Duration took) {
    if (isOfTheServer(kind) && !ServerName.isOfUser(server)) {
      states.compute(server, (name, before) -> known(before).failed(kind.label()));
    }
  }

  @Override
  public void closed(String server, String transport, SessionEnd reason) {
    if (!ServerName.isOfUser(server)) {
      String failure = reason == SessionEnd.LOST ? LOST : "";
      states.compute(server, (name, before) -> known(before).closed(failure));
    }
  }

  private static ServerState known(@Nullable ServerState before) {
    return before == null ? ServerState.NEVER_TRIED : before;
  }

  private static boolean isOfTheServer(McpFailure.Kind kind) {
    return switch (kind) {
      case LIMIT_REACHED, CANCELLED, NOT_CONFIGURED, LOGIN_REQUIRED, VARIABLES_MISSING, FORBIDDEN ->
          false;
      case TIMED_OUT, UNAVAILABLE, CONNECTION_LOST, SESSION_LOST, PROTOCOL_VIOLATION, INTERNAL ->
          true;
    };
  }

  /** Forgets all servers but these. */
  void retain(Set<String> servers) {
    states.keySet().retainAll(servers);
  }

  /**
   * The state of one server.
   *
   * @param up whether it can be reached, where {@code since} is known
   * @param failure why it is down, as a meter's label; else empty
   * @param since when it went up or down; the epoch where nobody has tried
   * @param openSessions how many sessions are open
   */
  public record ServerState(boolean up, String failure, Instant since, int openSessions) {
    static final ServerState NEVER_TRIED = new ServerState(false, "", Instant.EPOCH, 0);

    /** Whether anybody has tried to reach it. */
    public boolean isKnown() {
      return !since.equals(Instant.EPOCH);
    }

    private ServerState opened() {
      return turned(true, "", openSessions + 1);
    }

    private ServerState failed(String why) {
      return openSessions > 0 ? this : turned(false, why, 0);
    }

    private ServerState closed(String why) {
      int left = Math.max(0, openSessions - 1);
      boolean down = left == 0 && !why.isEmpty();
      return down ? turned(false, why, left) : new ServerState(up, failure, since, left);
    }

    private ServerState turned(boolean now, String why, int sessions) {
      boolean same = isKnown() && up == now;
      return new ServerState(now, why, same ? since : Instant.now(), sessions);
    }
  }
}
