package io.mcprouter.transport.spi;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as a child process.
 *
 * @param command program and arguments, each passed on as it is and never through a shell
 * @param env variables in addition to the safe ones of the router's own environment
 * @param cwd working directory, or null for the router's
 * @param stderr where the child's error output goes
 * @param digest see {@link ConnectionTarget#digest()}
 * @param isPersonal see {@link ConnectionTarget#isPersonal()}
 * @param expires see {@link ConnectionTarget#expires()}
 */
public record ProcessTarget(
    List<String> command,
    Map<String, String> env,
    @Nullable Path cwd,
    Stderr stderr,
    String digest,
    boolean isPersonal,
    Instant expires)
    implements ConnectionTarget {
  public ProcessTarget {
    command = List.copyOf(command);
    env = Map.copyOf(env);
  }

  /** A program with what is good for ever. */
  public ProcessTarget(
      List<String> command,
      Map<String, String> env,
      @Nullable Path cwd,
      Stderr stderr,
      String digest,
      boolean isPersonal) {
    this(command, env, cwd, stderr, digest, isPersonal, Instant.MAX);
  }

  /** Names the program alone: arguments and variables may be secrets. */
  @Override
  public String toString() {
    return "ProcessTarget[" + (command.isEmpty() ? "" : command.getFirst()) + "]";
  }

  /** Where error output goes, as Node's {@code child_process.spawn} has it. */
  public sealed interface Stderr {
    /** To the router's own error output. */
    record Inherit() implements Stderr {}

    /** Kept by the router, the newest lines readable for the operator. */
    record Pipe() implements Stderr {}

    /** Thrown away. */
    record Ignore() implements Stderr {}

    /** To a file descriptor that the router has open. */
    record Descriptor(int number) implements Stderr {}
  }
}
