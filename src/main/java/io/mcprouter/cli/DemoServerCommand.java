package io.mcprouter.cli;

import io.mcprouter.demo.DemoServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The demo server, for the help text: {@link McpRouter} starts it without the command line. */
@Command(
    name = DemoServerCommand.NAME,
    description = "Be an MCP server with a few harmless tools, over standard input and output.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The router starts it where an entry says 'command: mcp-router' and 'args: [demo-server]'.",
      "It ends with its input."
    })
final class DemoServerCommand implements Callable<Integer> {
  static final String NAME = "demo-server";

  @Override
  public Integer call() throws Exception {
    DemoServer.serve(System.in, new FileOutputStream(FileDescriptor.out));
    return 0;
  }
}
