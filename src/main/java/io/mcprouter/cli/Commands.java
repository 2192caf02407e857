package io.mcprouter.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and what they have in common. */
@Command(
    name = "mcp-router",
    description = "An MCP router made of Apache Camel routes.",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "Without a command, the router runs: 'mcp-router --port 0' is 'mcp-router run --port 0'.",
      "'mcp-router COMMAND --help' says more about a command.",
      "",
      "Examples:",
      "  mcp-router                                   run the router on port 8090",
      "  mcp-router validate config/mcp-servers.yaml  check a file",
      "  mcp-router call demo__echo message=hello     call a tool through the running router"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:the command found or met something wrong, and says what",
      "2:the command line itself is wrong"
    },
    subcommands = {
      RunCommand.class,
      StdioCommand.class,
      ListCommand.class,
      CallCommand.class,
      ValidateCommand.class,
      ExplainCommand.class,
      RoutesCommand.class,
      TestCommand.class,
      DoctorCommand.class,
      KeysCommand.class,
      SecretsCommand.class,
      DemoServerCommand.class
    })
final class Commands {
  private static final List<String> ABOUT = List.of("-h", "--help", "-V", "--version");

  private Commands() {}

  /**
   * The command line.
   *
   * @param out takes what commands are asked for
   */
  static CommandLine line(PrintWriter out) {
    CommandLine line = new CommandLine(new Commands());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    line.setOut(out);
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler(Commands::wrongLine);
    line.setExecutionExceptionHandler(Commands::failed);
    return line;
  }

  /** The line as it is, or the command {@code run} where none is named. */
  static String[] orRun(String[] args) {
    boolean bare = args.length == 0 || (args[0].startsWith("-") && !ABOUT.contains(args[0]));
    return bare ? Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new) : args;
  }

  private static int wrongLine(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception thrown, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (thrown instanceof CommandFailure failure) {
      command.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw thrown;
  }

  /** What {@code --version} says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {
        "mcp-router " + (version == null ? "(built from source)" : version),
        "Java " + Runtime.version(),
        "MCP 2024-11-05 to " + io.mcprouter.protocol.Revision.LATEST.text()
      };
    }
  }
}
