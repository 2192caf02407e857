package io.mcprouter.console;

import io.mcprouter.oauth.OAuthFailure;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users of the API and of the pages are told of failures: operators' addresses are hidden. */
public final class Told {
  private static final Caller NOBODY = new Caller("nobody", Map.of());

  private final Disclosure disclosure;

  public Told(Disclosure disclosure) {
    this.disclosure = disclosure;
  }

  /** Whether a caller sees everything. */
  boolean isFull(Caller caller) {
    return disclosure.isFull(caller);
  }

  /**
   * The message of a failure.
   *
   * @param caller null where it is not known who is there
   */
  String of(McpFailure failure, @Nullable Caller caller) {
    return String.valueOf(disclosure.to(known(caller), failure).getMessage());
  }

  /** The same without the server's name, for a place that names it already. */
  String reason(McpFailure failure, Caller caller) {
    return disclosure.to(caller, failure).reason();
  }

  String of(OAuthFailure failure, @Nullable Caller caller) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case NOT_YOURS, REFUSED -> message;
      case UNREACHABLE ->
          disclosure.told(
              known(caller), "The authorization server cannot be asked; try again later", message);
      case UNUSABLE ->
          disclosure.told(
              known(caller),
              "This cannot be logged in to; only an administrator can help",
              message);
    };
  }

  /** Why a login failed that is over. */
  String failedLogin(String why, Caller caller) {
    return disclosure.told(caller, "The login failed; try again", "The login failed: " + why);
  }

  private static Caller known(@Nullable Caller caller) {
    return caller == null ? NOBODY : caller;
  }
}
