package io.mcprouter.transport.stdio;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.SkippedMessages;
import io.mcprouter.transport.spi.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: its standard streams as a wire, and its end.
 *
 * <p>Who runs what: one thread reads its output, one writes its input, one keeps its error output
 * where that is wanted. These are platform threads, since a read from a pipe holds on to its
 * carrier: some 250 idle children would bring all virtual threads of the router to a halt. Ending
 * the process tree takes seconds and runs on a virtual thread.
 */
final class ChildProcess implements Wire {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final long STACK_BYTES = 256 << 10;
  private static final long LAST_WORDS_MILLIS = 250;
  private static final int SIGNALLED = 128;
  private static final int HIGHEST_SIGNAL = 64;

  private final String server;
  private final Process process;
  private final ProcessTree tree;
  private final ConnectionOptions.Limits limits;
  private final Listener listener;
  private final Duration patience;
  private final LineWriter input;
  private final SkippedMessages noise;
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile Runnable onEnd = () -> {};

  /**
   * @param patience how long to wait before each of TERM and KILL
   */
  ChildProcess(
      ConnectionOptions options,
      Process process,
      ProcessTree tree,
      Listener listener,
      Duration patience) {
    this.server = options.server();
    this.process = process;
    this.tree = tree;
    this.limits = options.limits();
    this.listener = listener;
    this.patience = patience;
    this.input = new LineWriter(process.getOutputStream(), limits.maxQueuedBytes());
    this.noise = new SkippedMessages(server, "standard output");
  }

  /** Sets what is done when no process of the tree is left, before anybody hears of it. */
  void onEnd(Runnable action) {
    onEnd = action;
  }

  /** Begins to read and write; the listener hears from now on. */
  void start(@Nullable ErrorOutput errors) {
    thread("in", this::write);
    thread("out", this::read);
    if (errors != null) {
      thread("err", () -> keep(errors));
    }
    process
        .onExit()
        .thenCompose(
            exited -> outputEnded.completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS))
        .thenRun(() -> lost(exit()));
  }

  private void thread(String stream, Runnable work) {
    Thread.ofPlatform()
        .daemon()
        .name("mcp-stdio-" + stream + "-" + server)
        .stackSize(STACK_BYTES)
        .start(work);
  }

  private void write() {
    try {
      if (!input.drain() && !process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
        lost(McpFailure.connectionLost(server, "it closed its standard input"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    ChildOutput output = new ChildOutput(process.getInputStream(), process);
    try {
      if (!new LineReader(output, limits.maxMessageBytes()).forEachLine(this::line)) {
        String tooLong = "it wrote a line longer than " + limits.maxMessageBytes() + " bytes";
        lost(McpFailure.tooMuchSaid(server, tooLong + ", so its process is ended"));
      } else if (process.isAlive()) {
        lost(McpFailure.connectionLost(server, "it closed its standard output"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Server '{}': a message of it could not be taken", server, e);
      lost(McpFailure.from(e, server));
    } finally {
      outputEnded.complete(null);
    }
  }

  private void line(byte[] line) {
    if (told.get()) {
      return;
    }
    try {
      Batch.read(line, limits.maxDepth(), listener);
    } catch (MalformedMessage e) {
      noise.add(line.length);
      listener.skipped();
    }
  }

  private void keep(ErrorOutput errors) {
    try {
      errors.keep(new ChildOutput(process.getErrorStream(), process));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean send(byte[] message) {
    return !told.get() && input.offer(message);
  }

  private McpFailure exit() {
    int code = process.exitValue();
    boolean signalled = code > SIGNALLED && code <= SIGNALLED + HIGHEST_SIGNAL;
    String how = signalled ? code + " (signal " + (code - SIGNALLED) + ")" : Integer.toString(code);
    return McpFailure.connectionLost(
        server, "its process ended with exit code " + how + "; its error output may say why");
  }

  private void lost(McpFailure reason) {
    tell(reason);
    end(false);
  }

  private void tell(McpFailure reason) {
    if (told.compareAndSet(false, true)) {
      listener.closed(reason);
    }
  }

  /**
   * Ends the input, waits, sends TERM to the whole process tree, waits, and sends KILL. Never
   * blocks.
   */
  @Override
  public CompletableFuture<Void> close() {
    end(true);
    return ended.copy();
  }

  private void end(boolean politely) {
    if (ending.compareAndSet(false, true)) {
      input.finish();
      Thread.ofVirtual().name("mcp-stdio-end-" + server).start(() -> endTree(politely));
    }
  }

  private void endTree(boolean politely) {
    try {
      if (!tree.end(patience, politely)) {
        LOG.error("Server '{}': a process of it cannot be ended", server);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tell(McpFailure.connectionLost(server, "it was closed"));
      onEnd.run();
      ended.complete(null);
    }
  }
}
