package io.mcprouter.oauth;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the rights of all users work with. */
record Parts(
    Tokens tokens,
    ProtectedServers servers,
    Discovery discovery,
    LoginTable logins,
    GrantTable grants,
    OAuthPlaces places,
    Executor executor) {

  /** Does something that blocks, on a thread that may; its failures are told as the server's. */
  <T extends @Nullable Object> CompletableFuture<T> run(OAuthTarget target, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            result.complete(action.call());
          } catch (OAuthFailure e) {
            result.completeExceptionally(Failures.of(e, target));
          } catch (Throwable e) { // whoever waits must hear of errors too
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /**
   * Whether a refusal asks for OAuth: a bearer challenge, or none at all, or metadata that says so.
   */
  boolean isOAuth(OAuthTarget target, @Nullable String challenge, @Nullable Challenge bearer)
      throws OAuthFailure {
    if (target.required() != null) {
      return target.required();
    }
    return bearer != null || challenge == null || discovery.isProtected(target);
  }
}
