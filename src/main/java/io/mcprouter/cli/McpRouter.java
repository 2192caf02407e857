package io.mcprouter.cli;

import io.mcprouter.demo.DemoServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program: {@code mcp-router [COMMAND]}; without a command it runs the router. */
public final class McpRouter {
  private McpRouter() {}

  /**
   * Runs a command and ends the program with its exit code; a running router goes on.
   *
   * @throws IOException when the demo server loses its client
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 1 && args[0].equals(DemoServerCommand.NAME)) {
      // before anything else is loaded: it is started often, and must answer at once
      DemoServer.serve(System.in, new FileOutputStream(FileDescriptor.out));
      return;
    }
    PrintStream out = System.out;
    // whatever a library prints, standard output holds nothing but what was asked for
    System.setOut(System.err);
    int exit =
        Commands.line(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .execute(Commands.orRun(args));
    if (exit != RunCommand.KEEPS_RUNNING) {
      System.exit(exit);
    }
  }
}
