package io.mcprouter.transport.stdio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines that run a test class in a Java machine of its own. */
final class JavaProgram {
  private JavaProgram() {}

  static List<String> command(Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx96m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }
}
