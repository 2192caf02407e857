package io.mcprouter.cli;

import io.mcprouter.config.Environment;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.reader.McpServersReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a servers file without starting anything. */
@Command(
    name = "validate",
    description = "Check a file with mcpServers, without starting anything.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each fault is one line: FILE:LINE:COLUMN: server.path: what is wrong.",
      "A librechat.yaml and a desktop client's mcp.json are taken as they are.",
      "",
      "Examples:",
      "  mcp-router validate",
      "  mcp-router validate --strict ~/librechat/librechat.yaml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every entry is right; there may be warnings", "1:an entry is wrong"})
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

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    McpServersFile read = new McpServersReader(Environment.ofProcess(), strict).read(file);
    read.faults().forEach(fault -> out.println(FaultLine.of(fault)));
    long errors = read.faults().stream().filter(Fault::isError).count();
    spec.commandLine().getErr().println(summary(read, errors));
    return errors == 0 ? 0 : 1;
  }

  private String summary(McpServersFile read, long errors) {
    long warnings = read.faults().size() - errors;
    String servers =
        switch (read) {
          case McpServersFile.Accepted accepted ->
              counted(accepted.servers().servers().size(), "usable server");
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
