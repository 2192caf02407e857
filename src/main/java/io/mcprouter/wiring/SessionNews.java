package io.mcprouter.wiring;

import io.mcprouter.integration.event.ServerWatch;
import io.mcprouter.session.SessionEnd;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpFailure;

/** Lets routes know how servers' sessions come and go ({@code mcp-events}). */
final class SessionNews implements SessionObserver {
  private final ServerWatch watch;

  SessionNews(ServerWatch watch) {
    this.watch = watch;
  }

  @Override
  public void initialized(String server, String user, InitializeResult answer) {
    watch.status(server, user, "connected", null);
  }

  @Override
  public void refused(String server, String user, McpFailure reason) {
    watch.status(server, user, "failed", reason.reason());
  }

  @Override
  public void ended(String server, String user, SessionEnd reason) {
    watch.status(server, user, reason == SessionEnd.LOST ? "lost" : "closed", reason.label());
  }
}
