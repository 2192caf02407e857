package io.mcprouter.credential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what must be safe before anybody goes on. To make a transaction safe costs as much as many
 * rows, so what several threads want to write at once becomes one transaction.
 */
final class GroupCommit implements AutoCloseable {
  private static final int MOST_AT_ONCE = 128;
  private static final int MOST_WAITING = 10_000;

  private final Store store;
  private final BlockingQueue<Write<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean closed;

  GroupCommit(Store store, String name) {
    this.store = store;
    this.writer = Thread.ofVirtual().name(name).start(this::writeUntilClosed);
  }

  /**
   * Runs statements in a transaction; when this returns, they survive whatever happens.
   *
   * @param key what they touch: within a transaction, keys are touched in their order, so that two
   *     nodes cannot wait for each other
   * @throws RuntimeException what the statements throw; then nothing was written
   */
  <T> T write(String key, Supplier<T> statements) {
    Write<T> write = new Write<>(key, statements);
    offer(write);
    try {
      return write.done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
    }
  }

  /** Nothing is offered behind the end, where nobody would write it. */
  private synchronized void offer(Write<?> write) {
    if (closed) {
      throw new IllegalStateException("The store is being closed");
    }
    if (!waiting.offer(write)) {
      throw new IllegalStateException(
          "More than " + MOST_WAITING + " writes wait for the database");
    }
  }

  private void writeUntilClosed() {
    try {
      while (!closed || !waiting.isEmpty()) {
        List<Write<?>> batch = new ArrayList<>(MOST_AT_ONCE);
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        batch.sort(Comparator.comparing(write -> write.key));
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * All or none; where one of them fails, each on its own. Whatever is thrown, an error too, is for
   * those who wait: without this thread nobody would ever write again.
   */
  private void write(List<Write<?>> batch) {
    try {
      store.runInTransaction(() -> batch.forEach(Write::run));
      store.flush();
      batch.forEach(Write::complete);
    } catch (Throwable e) {
      if (batch.size() == 1) {
        batch.getFirst().done.completeExceptionally(e);
      } else {
        batch.forEach(write -> write(List.of(write)));
      }
    }
  }

  /** Writes what waits, and nothing more. */
  @Override
  public void close() {
    end();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void end() {
    closed = true;
    waiting.offer(Write.NOTHING); // where there is no room, nobody waits for more
  }

  private static final class Write<T> {
    private static final Write<Boolean> NOTHING = new Write<>("", () -> true);

    private final String key;
    private final Supplier<T> statements;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;

    private Write(String key, Supplier<T> statements) {
      this.key = key;
      this.statements = statements;
    }

    private void run() {
      result = statements.get();
    }

    private void complete() {
      done.complete(result);
    }
  }
}
