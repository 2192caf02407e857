package io.mcprouter.integration.command;

import io.mcprouter.integration.McpToolException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a program. Whatever ends it (its own exit, time, output beyond the limit, interruption
 * of the thread that waits), what it started is killed with it: its descendants, and on Linux also
 * what it left in the background and carries its {@link RunMarker marker}.
 *
 * @param maxBytes the most that it may write to standard output
 * @param errorShown whether callers read what a program that fails wrote to standard error
 * @param marker of this run alone
 */
record ProgramRun(
    ExecCommand command,
    Map<String, String> environment,
    int maxBytes,
    boolean errorShown,
    RunMarker marker) {
  /** The router's own variables that a program gets. None of them holds a secret. */
  static final Set<String> SAFE = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

  private static final Logger LOG = LoggerFactory.getLogger(ProgramRun.class);

  /** What of the standard error is logged, or shown, in bytes. */
  private static final int TOLD = 2_000;

  /** How long its output may stay open behind a program that has ended, in ms. */
  private static final long AFTER_END = 1_000;

  /**
   * How often it is looked for what is left: what is killed may have started something just now.
   */
  private static final int MOST_LOOKS = 5;

  ExecResult result() {
    Process process = start();
    FutureTask<Captured> out = reading(process, process.getInputStream(), maxBytes, true);
    FutureTask<Captured> err = reading(process, process.getErrorStream(), TOLD, false);
    try {
      if (!process.waitFor(command.getTimeout(), TimeUnit.MILLISECONDS)) {
        throw new McpToolException(
            "the program was stopped: it ran longer than " + command.getTimeout() + " ms");
      }
      Captured written = out.get(AFTER_END, TimeUnit.MILLISECONDS); // fails where it was too much
      check(process.exitValue(), err.get(AFTER_END, TimeUnit.MILLISECONDS));
      return new ExecResult(command, written, null, process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the program was stopped with the call");
    } catch (TimeoutException e) {
      throw new McpToolException("the program ended, and left its output open", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof McpToolException told ? told : new IllegalStateException(e);
    } finally {
      kill(process);
    }
  }

  private Process start() {
    List<String> line = new ArrayList<>();
    line.add(command.getExecutable());
    line.addAll(command.getArgs());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().retainAll(SAFE);
    builder.environment().putAll(environment);
    builder.environment().put(RunMarker.VARIABLE, marker.value());
    if (command.getWorkingDir() != null) {
      builder.directory(new File(command.getWorkingDir()));
    }
    try {
      Process process = builder.start();
      process.getOutputStream().close(); // it has nothing to read
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Program '" + command.getExecutable() + "' cannot be started", e);
    }
  }

  /**
   * @param strict whether more than the limit ends the program; else the rest is read for nothing
   */
  private FutureTask<Captured> reading(
      Process process, InputStream stream, int limit, boolean strict) {
    FutureTask<Captured> reading =
        new FutureTask<>(
            () -> {
              Captured kept = new Captured(stream.readNBytes(limit));
              if (stream.read() >= 0) {
                if (strict) {
                  kill(process);
                  throw new McpToolException(
                      "the program was stopped: it wrote more than " + limit + " bytes");
                }
                stream.transferTo(OutputStream.nullOutputStream());
              }
              return kept;
            });
    Thread.startVirtualThread(reading);
    return reading;
  }

  private void check(int exit, Captured err) {
    if (!command.getExitValues().contains(exit)) {
      String said = err.text(StandardCharsets.UTF_8).strip();
      LOG.warn(
          "Program '{}' ended with exit value {}: {}",
          command.getExecutable(),
          exit,
          said.replaceAll("\\p{Cntrl}+", " ")); // one line, and nothing that a terminal obeys
      throw new McpToolException(
          "the program failed with exit value "
              + exit
              + (errorShown && !said.isEmpty() ? ": " + said : ""));
    }
  }

  private void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      List<ProcessHandle> left = marker.carriers().toList();
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
