package io.mcprouter.catalog;

import java.util.List;

/**
 * The servers of one view, in the order of the file. Each is its own key: a new file makes new
 * ones.
 */
final class ShownServers {
  private final View view;
  private final List<ShownServer> servers;
  private final boolean personal;

  ShownServers(View view, List<ShownServer> servers) {
    this.view = view;
    this.servers = List.copyOf(servers);
    this.personal = servers.stream().anyMatch(shown -> shown.running().isPersonal());
  }

  List<ShownServer> servers() {
    return servers;
  }

  /** Whether any of the servers may list something else for another user. */
  boolean isPersonal() {
    return personal;
  }

  /** Whether this is the view of one server, which shows everything under its own name. */
  boolean isOneServer() {
    return view instanceof View.Server;
  }
}
