package io.mcprouter.wiring;

import io.mcprouter.config.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The router cannot start, and somebody can change that. */
public final class CannotStartException extends IllegalStateException {
  private static final long serialVersionUID = 1L;
  private final String action;

  private CannotStartException(String message, String action) {
    super(message);
    this.action = action;
  }

  /** What to do about it. */
  String action() {
    return action;
  }

  static CannotStartException reachable(String key, String host) {
    return new CannotStartException(
        key
            + " is "
            + host
            + ", which other machines can reach, and no authentication is configured.",
        "Set it to 127.0.0.1, or say below mcp-router.authentication how callers prove"
            + " who they are: api-keys, issuers or proxy (docs/how-to/authentication.md).");
  }

  static CannotStartException wrongRoutes(List<Fault> faults) {
    return new CannotStartException(
        told(faults),
        "Correct the file, or start without mcp-router.strict: then the other files are served.");
  }

  private static String told(List<Fault> faults) {
    return faults.stream()
        .filter(Fault::isError)
        .map(Fault::toString)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  static CannotStartException wrong(Path file, List<Fault> faults) {
    return new CannotStartException(
        told(faults),
        "Correct "
            + file
            + "; 'mcp-router validate "
            + file
            + "' checks it without starting anything.");
  }

  static CannotStartException missing(Path file) {
    return new CannotStartException(
        "The servers file " + file + " does not exist.",
        "Create it, or name another one with --config. Without --config and without "
            + RouterLifecycle.DEFAULT_FILE
            + " the demo server is served.");
  }

  /** A setting below {@code mcp-router} has a value that nothing can work with. */
  static CannotStartException wrongSetting(String key, String problem) {
    return new CannotStartException(
        "mcp-router." + key + " " + problem + ".",
        "Correct it where it was given: in config/application.yaml, in the environment, or on the"
            + " command line.");
  }

  static CannotStartException portTaken(String host, int port) {
    return new CannotStartException(
        "The port for MCP clients, " + port + " on " + host + ", is taken.",
        "Stop what listens there, or choose another port with --port; 0 takes a free one.");
  }
}
