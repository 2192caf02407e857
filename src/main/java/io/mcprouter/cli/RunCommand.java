package io.mcprouter.cli;

import io.mcprouter.config.NearestName;
import io.mcprouter.wiring.McpRouterProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs the router until it is told to stop. */
@Command(
    name = "run",
    description = "Run the router.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Any setting can be given as --KEY=VALUE, for example --mcp-router.sessions.idle=5m.",
      "One line on standard output, beginning with 'mcp-router ready', says that the router can be",
      "used, and where; log lines go to standard error. SIGTERM ends it, its servers first.",
      "",
      "Examples:",
      "  mcp-router run",
      "  mcp-router run --config servers.yaml --port 0 --console-port 0",
      "  mcp-router run --mcp-router.allowed-origins=https://chat.example.com"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped", "1:could not start; standard error says why and what to do"})
final class RunCommand implements Callable<Integer> {
  /** The exit code of a command that leaves a running router behind. */
  static final int KEEPS_RUNNING = -1;

  private static final Pattern SETTING =
      Pattern.compile("--(?<prefix>[A-Za-z][\\w-]*)(\\.[\\w\\[\\].-]+)+(=.*)?", Pattern.DOTALL);
  private static final List<String> SPRING_FLAGS = List.of("--debug", "--trace");

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file with mcpServers (default: config/mcp-servers.yaml).")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port for MCP clients, 0 for a free one (default: 8090).")
  private @Nullable Integer port;

  @Option(
      names = "--console-port",
      paramLabel = "N",
      description = "Port for the control plane, 0 for a free one (default: 8091).")
  private @Nullable Integer consolePort;

  @Option(names = "--strict", description = "Refuse to start with a fault in the servers file.")
  private boolean strict;

  @Mixin private RouteFiles routes;

  @Mixin private DataOption data;

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws CommandFailure {
    checkOthers();
    RunningRouter router = RunningRouter.start(arguments());
    if (router == null) {
      return 1;
    }
    spec.commandLine()
        .getOut()
        .println("mcp-router ready: MCP at " + router.mcpUrl() + ", control at " + router.url());
    return KEEPS_RUNNING;
  }

  /** What is no option of this command can only be a setting; a slip must not pass for one. */
  private void checkOthers() {
    for (String other : others) {
      Matcher setting = SETTING.matcher(other);
      if (setting.matches()) {
        checkPrefix(other, setting.group("prefix"));
      } else if (!SPRING_FLAGS.contains(other)) {
        String nearest =
            NearestName.of(other.replaceFirst("=.*", ""), spec.optionsMap().keySet())
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("; settings are written as --key=value");
        throw new ParameterException(
            spec.commandLine(), "Unknown option or argument: '" + other + "'" + nearest);
      }
    }
  }

  /** Which settings there are behind the prefix, the router itself finds out when it starts. */
  private void checkPrefix(String setting, String prefix) {
    String right = McpRouterProperties.PREFIX;
    boolean isRight = prefix.replace("-", "").equalsIgnoreCase(right.replace("-", ""));
    if (!isRight && NearestName.of(prefix, List.of(right)).isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "Unknown setting: '" + setting + "'; did you mean '--" + right + ".'?");
    }
  }

  private List<String> arguments() throws CommandFailure {
    List<String> arguments = new ArrayList<>();
    add(arguments, "mcp-router.servers-file", existing(config));
    add(arguments, "mcp-router.port", port);
    add(arguments, "server.port", consolePort);
    add(arguments, "mcp-router.strict", strict ? "true" : null);
    add(arguments, "mcp-router.routes.directory", routes.directory());
    data.addTo(arguments);
    arguments.addAll(others);
    return arguments;
  }

  /** A file that is named must be there; only the default one may be missing. */
  static @Nullable Path existing(@Nullable Path file) throws CommandFailure {
    if (file != null && !Files.isReadable(file)) {
      throw new CommandFailure(
          "--config: the file "
              + file
              + " does not exist or cannot be read; create it, or leave"
              + " --config out to begin with the demo server.");
    }
    return file;
  }

  static void add(List<String> arguments, String key, @Nullable Object value) {
    if (value != null) {
      arguments.add("--" + key + "=" + value);
    }
  }
}
