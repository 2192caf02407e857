package io.mcprouter;

/**
 * The first class that runs. It is compiled for Java 17, so that an older Java gets one sentence
 * about what it needs instead of a stack trace; everything else is compiled for Java 25.
 */
public final class Launcher {
  private static final int REQUIRED_JAVA = 25;

  private Launcher() {}

  public static void main(String[] args) throws Exception {
    int running = Runtime.version().feature();
    if (running < REQUIRED_JAVA) {
      System.err.println(
          "mcp-router needs Java "
              + REQUIRED_JAVA
              + " or newer, and this is Java "
              + running
              + ": install a JDK "
              + REQUIRED_JAVA
              + " and start the jar with its java command.");
      System.exit(1);
    }
    Class.forName("io.mcprouter.cli.McpRouter")
        .getMethod("main", String[].class)
        .invoke(null, (Object) args);
  }
}
