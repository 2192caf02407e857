package io.mcprouter.testkit.auth;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How an endpoint misbehaves. */
public sealed interface Fault {
  /** Sends the client elsewhere, with a 307, which repeats method and body. */
  record Redirect(URI to) implements Fault {}

  /** Answers with a status and does nothing. */
  record Status(int status) implements Fault {}

  /** Answers with an error of OAuth and does nothing. */
  record OAuthError(String error) implements Fault {}

  /** Answers 200 with a body of its own and does nothing. */
  record Body(String json) implements Fault {}

  /** Answers 200 and goes on sending until the client has had enough. */
  record EndlessBody() implements Fault {}

  /** Does what was asked, and breaks the connection before the answer. */
  record LostResponse() implements Fault {}

  /** Waits before it does what was asked, until the test lets it go on. */
  record Hold(CountDownLatch arrived, CountDownLatch released) implements Fault, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    public Hold() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }

    /** Waits until a request is held. */
    public void awaitArrival() {
      await(arrived, "no request arrived at the held endpoint");
    }

    public void release() {
      released.countDown();
    }

    void pass() {
      arrived.countDown();
      await(released, "the test did not release the held request");
    }

    private static void await(CountDownLatch latch, String complaint) {
      try {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException(complaint);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(complaint, e);
      }
    }

    @Override
    public void close() {
      release();
    }
  }
}
