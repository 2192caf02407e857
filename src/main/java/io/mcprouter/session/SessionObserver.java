package io.mcprouter.session;

import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.List;

/**
 * Is told of sessions' lives, for meters and logs. Called from any thread, which must not be held
 * up.
 */
public interface SessionObserver {
  /** Takes no notice. */
  SessionObserver NOOP = new SessionObserver() {};

  /**
   * A session is open.
   *
   * @param took from the first call that asked for it to the server's answer to {@code initialize}
   */
  default void opened(String server, String transport, Duration took) {}

  /**
   * A session is open, and this is what the server said of itself.
   *
   * @param user the user's id, empty for the router's own sessions and shared ones
   */
  default void initialized(String server, String user, InitializeResult answer) {}

  /**
   * A session could not be opened. Refusals while a failure is remembered are not told.
   *
   * @param took from the first call that asked for it to the failure
   */
  default void openFailed(String server, String transport, McpFailure.Kind kind, Duration took) {}

  /**
   * Why a session of a user could not be opened, as {@link #openFailed}.
   *
   * @param user the user's key, empty for the router's own sessions and shared ones
   */
  default void refused(String server, String user, McpFailure reason) {}

  /** A session that was open is closed. */
  default void closed(String server, String transport, SessionEnd reason) {}

  /** A session that was {@link #initialized} is gone. */
  default void ended(String server, String user) {}

  /** As {@link #ended(String, String)}, and why. */
  default void ended(String server, String user, SessionEnd reason) {
    ended(server, user);
  }

  /** Tells all of them, in order. */
  static SessionObserver all(List<SessionObserver> observers) {
    List<SessionObserver> each = List.copyOf(observers);
    return new SessionObserver() {
      @Override
      public void opened(String server, String transport, Duration took) {
        each.forEach(observer -> observer.opened(server, transport, took));
      }

      @Override
      public void initialized(String server, String user, InitializeResult answer) {
        each.forEach(observer -> observer.initialized(server, user, answer));
      }

      @Override
      public void ended(String server, String user) {
        each.forEach(observer -> observer.ended(server, user));
      }

      @Override
      public void ended(String server, String user, SessionEnd reason) {
        each.forEach(observer -> observer.ended(server, user, reason));
      }

      @Override
      public void openFailed(String server, String transport, McpFailure.Kind kind, Duration took) {
        each.forEach(observer -> observer.openFailed(server, transport, kind, took));
      }

      @Override
      public void refused(String server, String user, McpFailure reason) {
        each.forEach(observer -> observer.refused(server, user, reason));
      }

      @Override
      public void closed(String server, String transport, SessionEnd reason) {
        each.forEach(observer -> observer.closed(server, transport, reason));
      }
    };
  }
}
