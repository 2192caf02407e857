package io.mcprouter.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** What a command said and how it ended, run inside this program. */
record Ran(int exit, String out, String err) {
  static Ran command(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Commands.line(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exit = line.execute(Commands.orRun(args));
    return new Ran(exit, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
