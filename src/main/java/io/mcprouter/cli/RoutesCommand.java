package io.mcprouter.cli;

import io.mcprouter.routing.files.RouteFileReport;
import io.mcprouter.routing.files.RouteFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries the team's own routes. */
@Command(
    name = "routes",
    description = "Try a file of routes in a router of its own.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mcp-router routes run routes/orders.camel.yaml",
      "  mcp-router routes run routes/orders.camel.yaml order_status id=7"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped, or the tool's result was printed",
      "1:the router could not start, the file is wrong, or the tool reports an error"
    })
final class RoutesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do with routes: run");
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Serves one file of routes until it is stopped (Ctrl-C), on free ports and with data that",
        "go with it; the file is read again when it changes. With a TOOL (the plain name of one of",
        "the file, or SERVER__TOOL) and KEY=VALUE... it calls that tool, prints the result and ends.",
        "A file that is wrong at the start ends it at once."
      })
  int run(@Mixin Trial trial, @Mixin ToolCall.Options options) throws CommandFailure {
    trial.check();
    Path data = trial.data();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
    String tool = trial.tool;
    List<String> arguments = trial.arguments(data);
    RunningRouter router =
        tool == null ? RunningRouter.start(arguments) : RunningRouter.startUnconnected(arguments);
    if (router == null) {
      trial.tellOfSettings(spec.commandLine().getErr());
      return 1;
    }
    boolean right = report(router);
    if (right && tool == null) {
      spec.commandLine()
          .getOut()
          .println("mcp-router ready: MCP at " + router.mcpUrl() + ", control at " + router.url());
      return RunCommand.KEEPS_RUNNING;
    }
    try (router) {
      return right && tool != null ? call(router, tool, trial, options) : 1;
    }
  }

  private int call(RunningRouter router, String named, Trial trial, ToolCall.Options options)
      throws CommandFailure {
    TrialTool tool = TrialTool.find(router, trial.file, named);
    ToolCall call = new ToolCall(spec.commandLine(), tool.name(), trial.values, options);
    URI url = URI.create(router.mcpUrl()).resolve(tool.endpoint());
    try (RouterClient client = RouterClient.connect(url, null, call::progress)) {
      return call.through(client);
    }
  }

  /** What became of the file; false where it is wrong. */
  private boolean report(RunningRouter router) {
    PrintWriter err = spec.commandLine().getErr();
    boolean right = true;
    for (RouteFileReport file : router.part(RouteFiles.class).reports()) {
      if (file.fault() != null) {
        err.println(Objects.requireNonNull(file.fault()));
        right = false;
      } else if (!file.routes().isEmpty()) {
        err.println(file.file() + ": routes " + String.join(", ", file.routes()));
      }
    }
    return right;
  }

  private static void delete(Path data) {
    try {
      FileSystemUtils.deleteRecursively(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is tried, and with what. */
  static final class Trial {
    private static final List<Path> SETTINGS =
        List.of(Path.of("config", "application.yaml"), Path.of("application.yaml"));

    @Parameters(index = "0", paramLabel = "FILE", description = "A *.camel.yaml with routes.")
    private Path file = Path.of("");

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "TOOL",
        description = "A tool to call, such as order_status.")
    private @Nullable String tool;

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "The tool's arguments.")
    private List<String> values = new ArrayList<>();

    @Option(
        names = "--config",
        paramLabel = "SERVERS",
        description = "The file with mcpServers (default: config/mcp-servers.yaml).")
    private @Nullable Path config;

    @Option(
        names = "--port",
        paramLabel = "N",
        defaultValue = "0",
        description = "Port for MCP clients (default: a free one).")
    private int port;

    @Option(
        names = "--no-settings",
        description = "Leave the settings file (config/application.yaml) out.")
    private boolean noSettings;

    void check() throws CommandFailure {
      if (!Files.isRegularFile(file)) {
        throw new CommandFailure("There is no file " + file + ".");
      }
    }

    /** What stands there may be of no use to the file that is tried. */
    void tellOfSettings(PrintWriter err) {
      SETTINGS.stream()
          .filter(settings -> !noSettings && Files.exists(settings))
          .forEach(settings -> err.println(settings + " was read; --no-settings leaves it out."));
    }

    Path data() {
      try {
        return Files.createTempDirectory("mcp-router-trial");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<String> arguments(Path data) throws CommandFailure {
      List<String> arguments = new ArrayList<>();
      if (noSettings) {
        arguments.add(RunningRouter.NO_SETTINGS);
      }
      RunCommand.add(arguments, "mcp-router.servers-file", RunCommand.existing(config));
      RunCommand.add(arguments, "mcp-router.routes.directory", file);
      RunCommand.add(arguments, "mcp-router.port", port);
      RunCommand.add(arguments, "server.port", 0);
      RunCommand.add(arguments, DataOption.KEY, data);
      return arguments;
    }
  }
}
