package io.mcprouter.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.Launcher;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program in a process of its own, from the classes of this build. */
public final class JavaProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path errors;
  private final BufferedWriter in;
  private final BufferedReader out;

  private JavaProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts {@code mcp-router ARGS} in a directory, where its error output is kept as well. */
  public static JavaProcess start(Path directory, String... args) throws IOException {
    return start(directory, Map.of(), args);
  }

  /** Starts it with more in its environment. */
  public static JavaProcess start(Path directory, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx384m"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launcher.class.getName()));
    command.addAll(List.of(args));
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    ProcessBuilder program =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
    program.environment().putAll(environment);
    return new JavaProcess(program.start(), errors);
  }

  public void send(String line) throws IOException {
    in.write(line);
    in.newLine();
    in.flush();
  }

  public void endInput() throws IOException {
    in.close();
  }

  /** The next line of standard output; null at its end. */
  public @Nullable String line() throws IOException {
    return out.readLine();
  }

  /** The first line with that text; lines before it are passed over. */
  public String lineWith(String text) throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("no line has " + text + "; error output: " + errors());
  }

  public String errors() throws IOException {
    return Files.readString(errors);
  }

  public Stream<ProcessHandle> children() {
    return process.descendants();
  }

  /** Asks the program to end, as a service manager does. */
  public void terminate() {
    process.toHandle().destroy(); // which leaves its output to be read
  }

  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
