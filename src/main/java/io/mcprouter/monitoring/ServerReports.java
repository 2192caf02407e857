package io.mcprouter.monitoring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reports on all servers of the file, those that cannot be used last. An entry that became wrong is
 * reported as it still runs.
 */
public final class ServerReports {
  private final RouterState router;
  private final ServerStates states;

  public ServerReports(RouterState router, ServerStates states) {
    this.router = router;
    this.states = states;
  }

  public List<ServerReport> all() {
    List<ServerReport> running =
        router.running().stream()
            .map(server -> ServerReport.of(server, states.of(server.name())))
            .toList();
    Set<String> names = running.stream().map(ServerReport::name).collect(Collectors.toSet());
    Stream<ServerReport> failed =
        router.failed().stream().filter(name -> !names.contains(name)).map(ServerReport::failed);
    return Stream.concat(running.stream(), failed).toList();
  }
}
