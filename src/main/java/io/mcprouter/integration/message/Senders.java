package io.mcprouter.integration.message;

import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose signatures and tokens count. */
public interface Senders {
  /** The key of that name, or null. */
  @Nullable SenderKey key(String name);

  /** The names of all keys. */
  Set<String> keys();

  /**
   * Whose access token it is. May wait for the issuer's keys.
   *
   * @throws RefusedToken when it is nobody's, or cannot be checked now
   */
  Caller caller(String token) throws RefusedToken;

  /**
   * How long calls are remembered. A signed message must end within that time, or it could be sent
   * again once it is forgotten.
   */
  Duration remembered();

  /** A token that proves nobody. The message is for whoever sent it. */
  final class RefusedToken extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /**
     * @param forGood whether it is wrong now and later
     */
    public RefusedToken(boolean forGood, String message) {
      super(message, null, false, false);
      this.forGood = forGood;
    }

    boolean isForGood() {
      return forGood;
    }
  }
}
