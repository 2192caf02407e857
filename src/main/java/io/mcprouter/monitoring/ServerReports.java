package io.mcprouter.monitoring;

import java.util.List;
import java.util.stream.Stream;

/** Reports on all servers of the file, those that cannot be used last. */
public final class ServerReports {
  private final RouterState router;
  private final ServerStates states;

  public ServerReports(RouterState router, ServerStates states) {
    this.router = router;
    this.states = states;
  }

  public List<ServerReport> all() {
    return Stream.concat(
            router.running().stream()
                .map(server -> ServerReport.of(server, states.of(server.name()))),
            router.failed().stream().map(ServerReport::failed))
        .toList();
  }
}
