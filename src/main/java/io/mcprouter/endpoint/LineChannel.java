package io.mcprouter.endpoint;

import io.mcprouter.protocol.MessageLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages to a stream, one a line, on a thread of its own: whoever sends, often an event
 * loop, never waits for a client that does not read.
 */
final class LineChannel implements Channel, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineChannel.class);
  private static final int MOST_UNSENT_BYTES = 32 << 20;
  private static final long LAST_WORDS_MILLIS = 1_000;
  private static final byte[] END = {};

  private final OutputStream out;
  private final BlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>();
  private final AtomicInteger unsentBytes = new AtomicInteger();
  private final Thread writer;
  private volatile boolean broken;

  LineChannel(OutputStream out) {
    this.out = out;
    this.writer = Thread.ofPlatform().daemon().name("mcp-stdio-out").start(this::writeAll);
  }

  @Override
  public void send(byte[] message) {
    if (broken) {
      return;
    }
    if (unsentBytes.addAndGet(message.length) > MOST_UNSENT_BYTES) {
      LOG.error("The client does not read its messages: it is served no more");
      broken = true;
    } else {
      unsent.add(MessageLines.line(message));
    }
  }

  @Override
  public void reply(byte[] message) {
    send(message);
  }

  @Override
  public boolean isConnection() {
    return true;
  }

  @Override
  public boolean canSend() {
    return !broken;
  }

  private void writeAll() {
    try {
      for (byte[] line = unsent.take(); line != END; line = unsent.take()) {
        out.write(line);
        if (unsent.isEmpty()) {
          out.flush();
        }
        unsentBytes.addAndGet(1 - line.length);
      }
      out.flush();
    } catch (IOException e) {
      LOG.debug("The client has closed its end");
      broken = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was sent before is written, if the client reads it soon. */
  @Override
  public void close() {
    unsent.add(END);
    try {
      writer.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broken = true;
  }
}
