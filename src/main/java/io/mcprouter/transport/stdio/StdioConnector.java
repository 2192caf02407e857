package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import io.mcprouter.transport.spi.ProcessTarget.Stderr;
import io.mcprouter.transport.spi.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts servers as child processes and sees to it that none is left behind: each lives in a
 * process group of its own, carries a marker in its environment, and is known to a guard process
 * that outlives the router. Where the system has no means for that, a shutdown hook does what it
 * can.
 */
final class StdioConnector {
  private static final Logger LOG = LoggerFactory.getLogger(StdioConnector.class);
  private static final String MARKER = "MCP_ROUTER_CHILD";
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final String id = UUID.randomUUID().toString();
  private final AtomicLong count = new AtomicLong();
  private final Set<ChildProcess> children = ConcurrentHashMap.newKeySet();
  private final ProcessTable table = new ProcessTable(MARKER);
  private final ErrorOutputs errors;
  private final @Nullable ProcessGuard guard;
  private final Thread hook = new Thread(this::endAll, "mcp-stdio-end");
  private volatile boolean closed;

  StdioConnector(ErrorOutputs errors) {
    this.errors = errors;
    this.guard = ProcessGuard.find(MARKER + "=" + id + "-", GRACE).orElse(null);
    if (guard == null) {
      LOG.warn(
          "This system has no /proc, /bin/sh and setsid: if the router is killed the hard way,"
              + " MCP servers that it started may stay behind");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /**
   * An opener of wires to children.
   *
   * @param patience how long to wait before each of TERM and KILL when a child is closed
   */
  Wire.Opener opener(Duration patience) {
    return (target, options, listener) -> {
      CompletableFuture<Wire> opened = new CompletableFuture<>();
      Thread.ofVirtual()
          .name("mcp-stdio-start-" + options.server())
          .start(() -> open(target, options, listener, patience, opened));
      return opened;
    };
  }

  private void open(
      ConnectionTarget target,
      ConnectionOptions options,
      Wire.Listener listener,
      Duration patience,
      CompletableFuture<Wire> opened) {
    try {
      if (!(target instanceof ProcessTarget process)) {
        throw McpFailure.unavailable(options.server(), "its target is no process");
      }
      ChildProcess child = start(process, options, listener, patience);
      children.add(child);
      child.onEnd(() -> children.remove(child));
      boolean wanted = opened.complete(child);
      child.start(process.stderr() instanceof Stderr.Pipe ? errors.of(options.server()) : null);
      if (!wanted || closed) {
        child.close();
      }
    } catch (McpFailure | RuntimeException e) {
      opened.completeExceptionally(McpFailure.from(e, options.server()));
    }
  }

  private ChildProcess start(
      ProcessTarget target, ConnectionOptions options, Wire.Listener listener, Duration patience)
      throws McpFailure {
    String server = options.server();
    if (closed) {
      throw McpFailure.unavailable(server, "the router is stopping");
    }
    Map<String, String> environment =
        ChildEnvironment.of(System.getenv(), target.env(), Program.WINDOWS);
    String name = target.command().isEmpty() ? "" : target.command().getFirst();
    Path program = new Program(server, name).find(environment, target.cwd());
    String marker = id + "-" + count.incrementAndGet();
    environment.put(MARKER, marker);
    ProcessBuilder builder = new ProcessBuilder(command(program, target.command()));
    builder.redirectError(ErrorRedirect.of(target.stderr(), server));
    if (target.cwd() != null) {
      builder.directory(target.cwd().toFile());
    }
    Process process = start(builder, environment, server, name);
    ProcessTree.Kin kin = guard == null ? new VisibleKin() : new LinuxKin(table, marker);
    return new ChildProcess(
        options, process, new ProcessTree(process, kin, guard), listener, patience);
  }

  private List<String> command(Path program, List<String> configured) {
    List<String> command = new ArrayList<>();
    if (guard != null) {
      command.add(guard.setsid());
    }
    command.add(program.toString());
    command.addAll(configured.subList(1, configured.size()));
    return command;
  }

  private Process start(
      ProcessBuilder builder, Map<String, String> environment, String server, String program)
      throws McpFailure {
    try {
      builder.environment().clear();
      builder.environment().putAll(environment);
      if (guard != null) {
        guard.ensureRunning();
      }
      return builder.start();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("Server '{}': its program cannot be started ({})", server, e.getClass());
      throw McpFailure.unavailable(
          server,
          "program '"
              + program
              + "' could not be started: check that arguments and variables hold no NUL"
              + " character and that the system has processes and memory left");
    }
  }

  /** How many children live, or are being ended. */
  int children() {
    return children.size();
  }

  /** Ends all children, at most until the limit; the guard takes what is left then. */
  void close(Duration limit) {
    closed = true;
    try {
      ended().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} MCP server process(es) have not ended yet", children.size());
    }
    if (guard != null) {
      guard.close();
    } else {
      removeHook();
    }
  }

  private CompletableFuture<Void> ended() {
    return CompletableFuture.allOf(
        children.stream().map(ChildProcess::close).toArray(CompletableFuture[]::new));
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      LOG.debug("The Java machine is shutting down already");
    }
  }

  private void endAll() {
    closed = true;
    ended().join();
  }
}
