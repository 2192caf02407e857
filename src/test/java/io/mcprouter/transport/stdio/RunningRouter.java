package io.mcprouter.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link RouterProgram} as its test sees it. */
final class RunningRouter implements AutoCloseable {
  private final Process process;

  private RunningRouter(Process process) {
    this.process = process;
  }

  /** Starts the command, which runs a router, and waits until it is ready. */
  static RunningRouter start(List<String> command, ProcessBuilder.Redirect errors)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    RunningRouter router = new RunningRouter(builder.start());
    BufferedReader out = router.process.inputReader();
    String line = out.readLine();
    while (line != null && !line.equals("ready")) {
      line = out.readLine(); // the log
    }
    assertThat(line).as("the router's sign of life").isEqualTo("ready");
    return router;
  }

  /** The guard processes that the router has. */
  List<ProcessHandle> guards() {
    return process.descendants().filter(RunningRouter::isGuard).toList();
  }

  private static boolean isGuard(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"))
          .contains("mcp-router-guard");
    } catch (IOException gone) {
      return false;
    }
  }

  Process process() {
    return process;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
