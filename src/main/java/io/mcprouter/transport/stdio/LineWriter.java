package io.mcprouter.transport.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to a child's standard input, each one line. Callers only put them into a
 * queue with a bound; the one thread in {@link #drain()} writes, so that a child that does not read
 * holds up nobody else.
 */
final class LineWriter {
  /** Counted for each message, so that very many small ones are bounded too. */
  private static final int OVERHEAD = 64;

  private final OutputStream out;
  private final int maxQueued;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private long queued;
  private boolean finished;

  /**
   * @param maxQueued most bytes that may wait
   */
  LineWriter(OutputStream out, int maxQueued) {
    this.out = out;
    this.maxQueued = maxQueued;
  }

  /** Queues a message; false when too much waits or no more is taken. */
  boolean offer(byte[] message) {
    lock.lock();
    try {
      if (finished || queued + message.length + OVERHEAD > maxQueued) {
        return false;
      }
      queued += message.length + OVERHEAD;
      queue.add(message);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more messages; the stream is closed once the waiting ones are written. */
  void finish() {
    lock.lock();
    try {
      finished = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes until {@link #finish()}.
   *
   * @return false when the reading end was closed before; what waited is dropped then
   */
  boolean drain() throws InterruptedException {
    try (out) {
      for (byte[] message = next(); message != null; message = next()) {
        out.write(asOneLine(message));
        out.write('\n');
        written(message);
      }
      return true;
    } catch (IOException readerIsGone) {
      return false;
    } finally {
      drop();
    }
  }

  private byte @Nullable [] next() throws IOException, InterruptedException {
    byte[] waiting = poll();
    if (waiting != null) {
      return waiting;
    }
    out.flush();
    return await();
  }

  private byte @Nullable [] poll() {
    lock.lock();
    try {
      return queue.poll();
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !finished) {
        changed.await();
      }
      return queue.poll();
    } finally {
      lock.unlock();
    }
  }

  private void written(byte[] message) {
    lock.lock();
    try {
      queued -= message.length + OVERHEAD;
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    lock.lock();
    try {
      finished = true;
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  /** A raw line break never stands inside a JSON string, so a blank can take its place. */
  static byte[] asOneLine(byte[] message) {
    byte[] line = message;
    for (int at = 0; at < message.length; at++) {
      if (message[at] == '\n' || message[at] == '\r') {
        line = line == message ? message.clone() : line;
        line[at] = ' ';
      }
    }
    return line;
  }
}
