package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Caller;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a server, which may change while a connection lives: an access token that is
 * renewed, or that is asked for when the server first refuses. One of each caller and server; safe
 * for all threads. No method blocks.
 */
public interface Authorization {
  /**
   * The value of the {@code Authorization} header of the next request, null for a request without
   * one. Completed already where it is at hand. Fails with an {@link McpFailure} that tells what
   * the user must do.
   */
  CompletableFuture<@Nullable String> value();

  /**
   * The server refused a request. Completes where the request may be sent once more with a new
   * {@link #value()}; fails with an {@link McpFailure} where the user must act first.
   *
   * @param status 401, or 403
   * @param challenge the value of {@code WWW-Authenticate}, all of them joined by commas; null
   *     where there is none
   * @param sent the value that was refused, null where there was none
   */
  CompletableFuture<Void> refused(int status, @Nullable String challenge, @Nullable String sent);

  /**
   * A call comes on a connection that is there already. Its caller may have a newer token than the
   * one who opened it; a caller who is another user changes nothing. Comes before each call.
   */
  default void calledBy(Caller caller) {}
}
