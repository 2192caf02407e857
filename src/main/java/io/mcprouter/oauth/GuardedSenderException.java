package io.mcprouter.oauth;

import io.mcprouter.transport.spi.Destination;
import io.mcprouter.transport.spi.ForbiddenAddressException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A request that got no usable answer. The message names the host and what went wrong, no path,
 * query, header or body. Whatever the reason, it says nothing about a grant, which is to be kept.
 */
public final class GuardedSenderException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as callers tell it apart. */
  public enum Reason {
    /** The network, or a host that is down or slow: another time it may work. */
    NETWORK,
    /** The address policy or the rules for URLs refuse it: it never works. */
    FORBIDDEN,
    /** Something came back that is too large or compressed: the host misbehaves. */
    UNUSABLE
  }

  private final Reason reason;

  private GuardedSenderException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  static GuardedSenderException forbidden(String what) {
    return new GuardedSenderException(Reason.FORBIDDEN, what, null);
  }

  static GuardedSenderException unusable(Destination asked, String what) {
    return new GuardedSenderException(Reason.UNUSABLE, asked.hostAndPort() + " " + what, null);
  }

  /** What an exception of the client means. */
  static GuardedSenderException of(Destination asked, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof GuardedSenderException known) {
        return known;
      }
      if (cause instanceof ForbiddenAddressException refused) {
        return forbidden(String.valueOf(refused.getMessage()));
      }
    }
    String what =
        switch (thrown) {
          case TimeoutException late -> " did not answer in time";
          case UnknownHostException unknown -> " cannot be resolved";
          case SSLException tls -> " has a certificate or host name that is not trusted";
          default -> " could not be asked (" + thrown.getClass().getSimpleName() + ")";
        };
    return new GuardedSenderException(Reason.NETWORK, asked.hostAndPort() + what, thrown);
  }

  public Reason reason() {
    return reason;
  }
}
