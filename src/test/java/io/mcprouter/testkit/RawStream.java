package io.mcprouter.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** An answer that comes bit by bit, read as it stands until one of both ends it. */
public final class RawStream implements AutoCloseable {
  private final Socket socket;
  private final StringBuffer text = new StringBuffer();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  RawStream(Socket socket) {
    this.socket = socket;
    Thread.ofVirtual().name("test-raw-stream").start(this::read);
  }

  private void read() {
    byte[] chunk = new byte[8_192];
    try {
      InputStream in = socket.getInputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        text.append(new String(chunk, 0, length, StandardCharsets.UTF_8));
      }
      end.complete(null);
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  /** All that has come so far, the head too. */
  public String text() {
    return text.toString();
  }

  /** Waits until something has come. */
  public RawStream awaitText(String part) {
    await(part).until(() -> text().contains(part));
    return this;
  }

  /** Waits until the router ends the answer. */
  public void awaitEnd() {
    await("the end of the stream").until(end::isDone);
  }

  public boolean isOpen() {
    return !end.isDone();
  }

  /** Goes away without a word. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
