package io.mcprouter.transport.stdio;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that ends the children when the router dies, even by {@code kill -9}, and that sends
 * signals to whole process groups, which Java cannot. It is started with the first child; one that
 * dies is replaced and told everything again.
 *
 * <p>A parent-death signal would not do: it follows the thread that spawned the child, and misses
 * grandchildren.
 */
final class ProcessGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
  private static final int ROUNDS_PER_SECOND = 10;
  private static final Duration SHORT_LIFE = Duration.ofSeconds(1);
  private static final int MOST_SHORT_LIVES = 3;

  private final Path setsid;
  private final String marker;
  private final Duration grace;
  private final Set<Long> groups = new HashSet<>();
  private @Nullable Process process;
  private Instant started = Instant.EPOCH;
  private int shortLives;
  private boolean closed;

  private ProcessGuard(Path setsid, String marker, Duration grace) {
    this.setsid = setsid;
    this.marker = marker;
    this.grace = grace;
  }

  /**
   * A guard, where the system has what it needs: {@code /proc}, {@code /bin/sh} and {@code setsid}.
   *
   * @param marker text that stands in the environment of each child
   * @param grace time between TERM and KILL after the router's death
   */
  static Optional<ProcessGuard> find(String marker, Duration grace) {
    if (!Files.isReadable(Path.of("/proc/self/environ")) || !Files.isExecutable(SHELL)) {
      return Optional.empty();
    }
    return Stream.of(SEARCH_PATH.split(":", -1))
        .map(directory -> Path.of(directory, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(setsid -> new ProcessGuard(setsid, marker, grace));
  }

  /** The program that starts another in a session, and so in a process group, of its own. */
  String setsid() {
    return setsid.toString();
  }

  /** Starts the guard where none runs; to be called before a child is started. */
  synchronized void ensureRunning() throws IOException {
    if (!closed && (process == null || !process.isAlive())) {
      start();
    }
  }

  synchronized void register(long group) {
    groups.add(group);
    tell('+', group);
  }

  synchronized void forget(long group) {
    groups.remove(group);
    tell('-', group);
  }

  synchronized void signal(long group, boolean forcibly) {
    tell(forcibly ? 'k' : 't', group);
  }

  /** Lets the guard end what is registered still, and then itself. */
  synchronized void close() {
    closed = true;
    if (process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException alreadyGone) {
        LOG.debug("The guard of the MCP servers' processes had ended before");
      }
    }
  }

  private void tell(char command, long group) {
    if (closed) {
      return;
    }
    try {
      ensureRunning();
      write(command, group);
    } catch (IOException died) {
      tellAnother(command, group);
    }
  }

  private void tellAnother(char command, long group) {
    try {
      start();
      write(command, group);
    } catch (IOException e) {
      LOG.error("The guard of the MCP servers' processes cannot be started", e);
    }
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            setsid.toString(),
            SHELL.toString(),
            "-c",
            Script.TEXT,
            "mcp-router-guard",
            marker,
            Long.toString(grace.toMillis() * ROUNDS_PER_SECOND / 1000));
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", SEARCH_PATH));
    builder.directory(new File("/"));
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    Process next = builder.start();
    process = next;
    started = Instant.now();
    for (long group : groups) {
      write('+', group);
    }
    next.onExit().thenAccept(this::ended);
  }

  private void write(char command, long group) throws IOException {
    Process running = process;
    if (running == null) {
      throw new IOException("no guard runs");
    }
    OutputStream commands = running.getOutputStream();
    commands.write((command + " " + group + "\n").getBytes(StandardCharsets.US_ASCII));
    commands.flush();
  }

  /** Starts another, unless several in a row never came up: then the next child tries again. */
  private synchronized void ended(Process guard) {
    if (closed || guard != process) {
      return;
    }
    boolean lived = Instant.now().isAfter(started.plus(SHORT_LIFE));
    shortLives = lived ? 0 : shortLives + 1;
    boolean again = shortLives < MOST_SHORT_LIVES;
    LOG.warn(
        "The guard of the MCP servers' processes ended with exit code {}{}",
        guard.exitValue(),
        again ? ": starting another" : "");
    if (again) {
      try {
        start();
      } catch (IOException e) {
        LOG.error("The guard of the MCP servers' processes cannot be started", e);
      }
    }
  }

  /** The guard's text, given to the shell as an argument: no file has to be written for it. */
  private static final class Script {
    private static final String TEXT = read();

    private static String read() {
      try (InputStream in = ProcessGuard.class.getResourceAsStream("guard.sh")) {
        if (in == null) {
          throw new IllegalStateException("guard.sh is missing from the jar");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
