package io.mcprouter.cli;

import io.mcprouter.catalog.View;
import io.mcprouter.endpoint.StdioClients;
import io.mcprouter.identity.CallerRequest;
import io.mcprouter.identity.Callers;
import io.mcprouter.identity.LocalCallers;
import io.mcprouter.protocol.Caller;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves one desktop client, with the whole router inside. */
@Command(
    name = "stdio",
    description = "Serve one MCP client over standard input and output, without any port.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For desktop clients that start their servers themselves. Standard output carries messages",
      "alone, log lines go to standard error. It ends with its input, its own servers first.",
      "Since it is started anywhere, it keeps its data where the system keeps the user's: in",
      "~/.local/share/mcp-router on Linux. Name a router's --data to share users' values with it.",
      "",
      "Example of an entry in a client's configuration:",
      "  {\"mcpServers\": {\"router\": {\"command\": \"java\",",
      "    \"args\": [\"-jar\", \"/opt/mcp-router.jar\", \"stdio\", \"--config\","
          + " \"/etc/servers.yaml\"]}}}"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the input ended", "1:could not start; standard error says why"})
final class StdioCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file with mcpServers (default: config/mcp-servers.yaml).")
  private @Nullable Path config;

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "Who calls (default: the configured local user).")
  private @Nullable String user;

  @Option(names = "--strict", description = "Refuse to start with a fault in the servers file.")
  private boolean strict;

  @ArgGroup private @Nullable Part part;

  @Mixin private RouteFiles routes;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws CommandFailure, IOException {
    Map<String, Object> defaults = Map.of(DataOption.KEY, UserDataDirectory.path().toString());
    try (RunningRouter router = RunningRouter.startWithoutPorts(defaults, arguments())) {
      return router == null ? 1 : serve(router);
    }
  }

  private List<String> arguments() throws CommandFailure {
    List<String> arguments = new ArrayList<>();
    RunCommand.add(arguments, "mcp-router.servers-file", RunCommand.existing(config));
    RunCommand.add(arguments, "mcp-router.strict", strict ? "true" : null);
    RunCommand.add(arguments, "mcp-router.routes.directory", routes.directory());
    data.addTo(arguments);
    return arguments;
  }

  private int serve(RunningRouter router) throws CommandFailure, IOException {
    StdioClients clients = router.part(StdioClients.class);
    View view = part == null ? View.EVERYTHING : part.view();
    if (!clients.serves(view)) {
      throw new CommandFailure(
          switch (view) {
            case View.Server one -> "--server: there is no usable server '" + one.name() + "'.";
            case View.Toolset set -> "--set: there is no toolset '" + set.name() + "'.";
            case View.Everything all -> "There is nothing to serve.";
          });
    }
    InputStream in = System.in;
    clients.serve(in, new FileOutputStream(FileDescriptor.out), view, caller(router));
    return 0;
  }

  private Caller caller(RunningRouter router) throws CommandFailure {
    try {
      Map<String, String> headers = user == null ? Map.of() : Map.of(UserHeader.NAME, user);
      return router.part(LocalCallers.class).known(CallerRequest.local(headers)).caller();
    } catch (Callers.Refused refused) {
      throw new CommandFailure(String.valueOf(refused.getMessage()));
    }
  }

  /** What is served, where it is not everything. */
  static final class Part {
    @Option(
        names = "--server",
        paramLabel = "NAME",
        description = "Serve this server alone, with its own names.")
    private @Nullable String server;

    @Option(names = "--set", paramLabel = "NAME", description = "Serve this toolset.")
    private @Nullable String set;

    View view() {
      if (server != null) {
        return new View.Server(server);
      }
      return set == null ? View.EVERYTHING : new View.Toolset(set);
    }
  }
}
