package io.mcprouter.monitoring;

import java.util.List;
import java.util.Map;

/** The router at this moment, as monitoring reads it; called once or twice a second at most. */
public interface RouterState {
  /**
   * Stands for all servers that users added: no label tells them apart. No server of the file has
   * its name.
   */
  RunningServer OF_USERS = new RunningServer("user/*", "any");

  /** The servers that run, in the order of the file. */
  List<RunningServer> running();

  /** The names of the entries that cannot be used. */
  List<String> failed();

  /** Calls that are on a server's route, by server; those of users' servers together. */
  Map<String, Integer> openCalls();

  /** Open sessions by server; those with users' servers together. */
  Map<String, Integer> sessions();

  /** Child processes by server, starting and ending ones included. */
  Map<String, Integer> children();

  /** The states of circuit breakers by server, of those servers that have one. */
  Map<String, CircuitState> circuitBreakers();

  /** Open sessions of MCP clients. */
  int clientSessions();

  /** How many there may be. */
  Limits limits();

  /**
   * A server that runs.
   *
   * @param transport the transport's name in the servers file
   */
  record RunningServer(String name, String transport) {}

  /**
   * The limits of the whole router.
   *
   * @param sessions sessions with servers
   * @param children child processes
   * @param clientSessions sessions of MCP clients
   */
  record Limits(int sessions, int children, int clientSessions) {}
}
