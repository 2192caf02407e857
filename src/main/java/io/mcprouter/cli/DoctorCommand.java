package io.mcprouter.cli;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerSet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds out what this machine lacks for the servers of a file. */
@Command(
    name = "doctor",
    description = "Find out whether this machine has what the servers of a file need.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Looks for commands, working directories and environment variables, and whether the hosts of",
      "remote servers accept connections. With --connect, every server that needs nothing of a user",
      "is started or connected to, initialized, and let go.",
      "",
      "Examples:",
      "  mcp-router doctor",
      "  mcp-router doctor --connect files tickets"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing is missing", "1:something is missing"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVER", description = "Servers to look at (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--connect", description = "Initialize every server, within its initTimeout.")
  private boolean connect;

  @Mixin private ServersFile file;

  @Override
  public Integer call() throws CommandFailure {
    QuietLog.begin();
    PrintWriter out = spec.commandLine().getOut();
    ServerSet servers = file.read(spec.commandLine().getErr());
    boolean wrong = servers.hasErrors();
    try (TrialConnections trials = new TrialConnections(servers.settings())) {
      for (ServerDefinition server : chosen(servers)) {
        List<Finding> findings = new ArrayList<>(Checkup.of(server));
        if (connect && findings.stream().allMatch(Finding::isGood)) {
          findings.add(trials.initialize(server));
        }
        out.println(server.name() + " (" + server.transport() + ")");
        findings.forEach(finding -> out.println("  " + finding));
        wrong |= !findings.stream().allMatch(Finding::isGood);
      }
    }
    return wrong ? 1 : 0;
  }

  private List<ServerDefinition> chosen(ServerSet servers) throws CommandFailure {
    if (names.isEmpty()) {
      return List.copyOf(servers.servers().values());
    }
    List<ServerDefinition> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(ServersFile.find(servers, name));
    }
    return chosen;
  }
}
