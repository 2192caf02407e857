package io.mcprouter.transport.stdio;

import static io.mcprouter.transport.stdio.StdioCamel.target;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.mcprouter.transport.spi.ProcessTarget;
import java.nio.file.Path;
import java.util.Map;

/** A router in a Java machine of its own, for tests that look at it from outside or kill it. */
final class RouterProgram {
  private RouterProgram() {}

  /**
   * {@code stubborn PIDS} or {@code complaining STDERR}; prints "ready" when a call was answered.
   */
  public static void main(String[] args) throws Exception {
    try (StdioCamel camel = new StdioCamel()) {
      camel.route("server", "mcp-stdio:server?initTimeout=30000");
      ProcessTarget target =
          args[0].equals("stubborn")
              ? target(StubbornServer.command(Path.of(args[1])))
              : target(RawServer.command(), Map.of(), null, ErrorRedirect.parse(args[1]));
      camel.call("server", target, StdioCamel.tool("complain")).get(30, SECONDS);
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // runs until the test closes its input or kills it
      }
    }
  }
}
