package io.mcprouter.endpoint;

import io.mcprouter.identity.CallerRequest;
import io.mcprouter.identity.Callers;
import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.identity.Proof;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who makes a request. A credential that was seen before is known on the event loop;
 * another one is checked on a virtual thread, while the request waits.
 */
final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  /** Several times what may wait for one issuer, or for the store. */
  private static final int MOST_AT_ONCE = 1_024;

  private static final Semaphore ROOM = new Semaphore(MOST_AT_ONCE);

  private final Vertx vertx;
  private final Callers callers;

  Verification(Vertx vertx, Callers callers) {
    this.vertx = vertx;
    this.callers = callers;
  }

  /** Tells {@code proven} or {@code refused}, on the request's own event loop. */
  void verify(
      HttpServerRequest request,
      CallerRequest asked,
      Consumer<Proof> proven,
      Consumer<Refused> refused) {
    Proof known;
    try {
      known = callers.known(asked);
    } catch (Refused why) {
      refused.accept(why);
      return;
    }
    if (known != null) {
      proven.accept(known);
    } else if (ROOM.tryAcquire()) {
      check(request, asked, proven, refused);
    } else {
      refused.accept(unavailable("Too many credentials are being checked: try again."));
    }
  }

  private void check(
      HttpServerRequest request,
      CallerRequest asked,
      Consumer<Proof> proven,
      Consumer<Refused> refused) {
    request.pause();
    Context loop = vertx.getOrCreateContext();
    Thread.startVirtualThread(
        () -> {
          Outcome outcome = checked(asked);
          loop.runOnContext(
              none -> {
                request.resume();
                outcome.tell(proven, refused);
              });
        });
  }

  private Outcome checked(CallerRequest asked) {
    try {
      Proof proof = callers.prove(asked);
      return (proven, refused) -> proven.accept(proof);
    } catch (Refused why) {
      return (proven, refused) -> refused.accept(why);
    } catch (RuntimeException e) {
      LOG.error("A credential could not be checked", e);
      return (proven, refused) ->
          refused.accept(unavailable("The credential cannot be checked now: try again later."));
    } finally {
      ROOM.release();
    }
  }

  private static Refused unavailable(String message) {
    return new Refused(Reason.UNAVAILABLE, message);
  }

  private interface Outcome {
    void tell(Consumer<Proof> proven, Consumer<Refused> refused);
  }
}
