package io.mcprouter.monitoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scripted server of the behaviour suites over streamable HTTP, in a process of its own. */
final class BehaviourServer implements AutoCloseable {
  private static final Path NODE_HOME = Path.of("src/test/node").toAbsolutePath();

  private final Process process;
  private final int port;

  BehaviourServer() throws IOException {
    process =
        new ProcessBuilder(command("http", "0"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String ready = process.inputReader().readLine();
    if (ready == null || !ready.startsWith("ready ")) {
      throw new IllegalStateException("the behaviour server said: " + ready);
    }
    port = Integer.parseInt(ready.substring("ready ".length()));
  }

  /** The command line that starts the server. */
  static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                NODE_HOME.resolve("node_modules/node/bin/node").toString(),
                NODE_HOME.resolve("behaviour-server.mjs").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  String url() {
    return "http://127.0.0.1:" + port + "/mcp";
  }

  @Override
  public void close() {
    process.destroy();
  }
}
