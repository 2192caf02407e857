package io.mcprouter.identity;

import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many credentials wait at once for what one kind of them is checked with, an issuer or
 * the store: where one is slow, there is place left for all others.
 */
final class Room {
  static final int MOST_AT_ONCE = 256;

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  <T> T in(Check<T> check) throws Refused {
    if (!places.tryAcquire()) {
      throw new Refused(
          Reason.UNAVAILABLE, "Too many credentials like this are being checked: try again.");
    }
    try {
      return check.check();
    } finally {
      places.release();
    }
  }

  interface Check<T> {
    T check() throws Refused;
  }
}
