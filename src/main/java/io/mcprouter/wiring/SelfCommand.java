package io.mcprouter.wiring;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How this very program is started again, on the same JVM: from its jar, or from classes in a
 * build.
 */
public final class SelfCommand {
  private static final List<String> SMALL =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  /** By name, since that class is compiled apart from all others, for an older Java. */
  private static final String MAIN = "io.mcprouter.Launcher";

  private SelfCommand() {}

  /** The command line, without arguments of the program. */
  public static List<String> line() {
    String classPath = System.getProperty("java.class.path", "");
    boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    List<String> program = jar ? List.of("-jar", classPath) : List.of("-cp", classPath, MAIN);
    return Stream.of(List.of(java()), SMALL, program).flatMap(List::stream).toList();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
