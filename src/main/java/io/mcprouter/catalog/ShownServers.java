package io.mcprouter.catalog;

import io.mcprouter.protocol.Caller;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The servers of one view, in the order of the file. Each is its own key: a new file makes new
 * ones.
 */
final class ShownServers {
  private final View view;
  private final List<ShownServer> servers;
  private final boolean personal;
  private final boolean restricted;
  private final boolean cut;

  ShownServers(View view, List<ShownServer> servers) {
    this(view, servers, false);
  }

  private ShownServers(View view, List<ShownServer> servers, boolean cut) {
    this.cut = cut;
    this.view = view;
    this.servers = List.copyOf(servers);
    this.personal = servers.stream().anyMatch(shown -> shown.running().isPersonal());
    this.restricted = servers.stream().anyMatch(ShownServer::isRestricted);
  }

  /** The same view as far as it is open to some callers. */
  ShownServers cutTo(List<ShownServer> open) {
    return new ShownServers(view, open, true);
  }

  /** Whether this is a part of a view, of which there may be many. */
  boolean isCut() {
    return cut;
  }

  View view() {
    return view;
  }

  /** A view for one user alone, as a part of a larger one is. */
  static ShownServers ofUser(View view, List<ShownServer> servers) {
    return new ShownServers(view, servers, true);
  }

  boolean shows(String server) {
    for (ShownServer shown : servers) {
      if (shown.name().equals(server)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it depends on the caller which servers and tools are open. */
  boolean isRestricted() {
    return restricted;
  }

  List<ShownServer> servers() {
    return servers;
  }

  /** Whether a list is made of the same servers, in the same way, as another view's. */
  boolean listsSame(ShownServers other, ListKind kind) {
    return servers.size() == other.servers.size()
        && IntStream.range(0, servers.size())
            .allMatch(i -> servers.get(i).listsSame(other.servers.get(i), kind));
  }

  /** Whether any of the servers may list something else for another user. */
  boolean isPersonal() {
    return personal;
  }

  /** Whether this is the view of one server, which shows everything under its own name. */
  boolean isOneServer() {
    return view instanceof View.Server;
  }

  /** The scopes that a caller lacks for a tool that the rules close; empty for all other tools. */
  Set<String> missingScopes(Caller caller, String publicName) {
    if (!isRestricted()) {
      return Set.of();
    }
    return servers.stream()
        .filter(server -> server.closedTo(caller).isPresent() && server.mayHold(publicName))
        .map(server -> server.missingScopes(caller, publicName))
        .filter(missing -> !missing.isEmpty())
        .findFirst()
        .orElse(Set.of());
  }

  /** Every scope that the rules of these servers name. */
  Set<String> scopes() {
    Set<String> scopes = new TreeSet<>();
    servers.forEach(server -> scopes.addAll(server.access().scopes()));
    return scopes;
  }
}
