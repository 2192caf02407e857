package io.mcprouter.cli;

import io.mcprouter.config.Environment;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.reader.McpServersReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a servers file, or a file of routes, without starting anything. */
@Command(
    name = "validate",
    description = "Check a file with mcpServers, or one of routes, without starting anything.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each fault is one line: FILE:LINE:COLUMN: server.path: what is wrong.",
      "A librechat.yaml and a desktop client's mcp.json are taken as they are.",
      "Route files are read too, and whether the templates that entries name are used rightly.",
      "A file of routes is checked alone, together with those beside it whose templates it uses.",
      "",
      "Examples:",
      "  mcp-router validate",
      "  mcp-router validate routes/orders.camel.yaml",
      "  mcp-router validate --strict ~/librechat/librechat.yaml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is right; there may be warnings", "1:an entry or a route is wrong"})
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The file (default: config/mcp-servers.yaml).")
  private Path file = ServersFile.DEFAULT;

  @Option(
      names = "--strict",
      description = "Take warnings for errors: unknown keys, variables that are not set.")
  private boolean strict;

  @Mixin private RouteFiles routes;

  @Override
  public Integer call() throws CommandFailure {
    QuietLog.begin();
    PrintWriter out = spec.commandLine().getOut();
    if (RouteFiles.isRoutes(file)) {
      return checkRouteFile(out);
    }
    McpServersFile read = new McpServersReader(Environment.ofProcess(), strict).read(file);
    List<Fault> faults = new ArrayList<>(read.faults());
    int unusable = checkRoutes(read, faults);
    faults.forEach(fault -> out.println(FaultLine.of(fault)));
    long errors = faults.stream().filter(Fault::isError).count();
    spec.commandLine().getErr().println(summary(read, unusable, errors, faults.size() - errors));
    return errors == 0 ? 0 : 1;
  }

  private int checkRouteFile(PrintWriter out) throws CommandFailure {
    try (RouteCheck check = new RouteCheck(routes.with(file))) {
      List<Fault> faults =
          check.faults().stream()
              .filter(fault -> fault.location().file().equals(file.toString()))
              .toList();
      faults.forEach(fault -> out.println(FaultLine.of(fault)));
      String found = faults.isEmpty() ? "0 errors; 'mcp-router routes run' tries it" : "1 error";
      spec.commandLine().getErr().println(file + ": a file of routes, " + found);
      return faults.isEmpty() ? 0 : 1;
    }
  }

  /** How many entries use a template wrongly. */
  private int checkRoutes(McpServersFile read, List<Fault> faults) throws CommandFailure {
    int unusable = 0;
    try (RouteCheck check = new RouteCheck(routes.read())) {
      faults.addAll(check.faults());
      if (read instanceof McpServersFile.Accepted accepted) {
        for (ServerDefinition definition : accepted.servers().servers().values()) {
          Fault fault = check.fault(definition);
          if (fault != null) {
            faults.add(fault);
            unusable++;
          }
        }
      }
    }
    return unusable;
  }

  private String summary(McpServersFile read, int unusable, long errors, long warnings) {
    String servers =
        switch (read) {
          case McpServersFile.Accepted accepted ->
              counted(accepted.servers().servers().size() - unusable, "usable server");
          case McpServersFile.Refused refused -> "cannot be used";
        };
    return file
        + ": "
        + servers
        + ", "
        + counted(errors, "error")
        + ", "
        + counted(warnings, "warning");
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
