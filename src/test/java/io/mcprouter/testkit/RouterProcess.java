package io.mcprouter.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A router in a process of its own, on free ports, as an operator runs one. */
public final class RouterProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("mcp-router ready: MCP at (\\S+)mcp, control at (\\S+)");

  private final JavaProcess process;
  private final URI clients;
  private final URI control;

  private RouterProcess(JavaProcess process, Matcher ready) {
    this.process = process;
    this.clients = URI.create(ready.group(1));
    this.control = URI.create(ready.group(2));
  }

  /** Starts one in a directory; clients can connect when this returns. */
  public static RouterProcess start(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    String[] all =
        Stream.concat(Stream.of("run", "--port", "0", "--console-port", "0"), Stream.of(arguments))
            .toArray(String[]::new);
    JavaProcess process = JavaProcess.start(directory, environment, all);
    try {
      Matcher ready = READY.matcher(process.lineWith("mcp-router ready"));
      if (ready.matches()) {
        return new RouterProcess(process, ready);
      }
      throw new AssertionError("a line that names no addresses");
    } catch (IOException | AssertionError e) {
      process.close();
      throw e;
    }
  }

  /** Where MCP clients connect, without a path. */
  public URI clients() {
    return clients;
  }

  /** Where the control plane is, without a path. */
  public URI control() {
    return control;
  }

  /** What it logged so far. */
  public String log() throws IOException {
    return process.errors();
  }

  /** Ends it as a service manager does, and sees that it ended well. */
  public void stop() throws InterruptedException {
    process.terminate();
    process.exitCode();
  }

  @Override
  public void close() {
    process.close();
  }
}
