package io.mcprouter.transport;

import io.mcprouter.transport.spi.Authorization;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A right that a test changes, and the gate of a server that knows which one it wants. */
public final class ScriptedRight implements Authorization {
  public static final String CHALLENGE = "Bearer resource_metadata=\"http://h/m\", scope=\"read\"";

  /** Each refusal: status, challenge, what was sent. */
  public final List<String> refusals = new CopyOnWriteArrayList<>();

  /** The header of all requests that came to the gate. */
  public final List<String> seen = new CopyOnWriteArrayList<>();

  public volatile @Nullable String value = "Bearer old";

  /** What the server wants; what else comes is refused. */
  public volatile @Nullable String wanted = "Bearer new";

  public volatile int status = 401;
  public volatile String challenge = CHALLENGE;

  /** What a refusal leads to. */
  public volatile Supplier<CompletableFuture<Void>> remedy =
      () -> {
        value = "Bearer new";
        return CompletableFuture.completedFuture(null);
      };

  @Override
  public CompletableFuture<@Nullable String> value() {
    return CompletableFuture.completedFuture(value);
  }

  @Override
  public CompletableFuture<Void> refused(int refusal, @Nullable String why, @Nullable String sent) {
    refusals.add(refusal + " " + why + " " + sent);
    return remedy.get();
  }

  /** The gate. */
  public boolean admits(HttpServerRequest request) {
    String header = String.valueOf(request.getHeader("Authorization"));
    seen.add(header);
    if (wanted == null || header.equals(wanted)) {
      return true;
    }
    request.response().setStatusCode(status).putHeader("WWW-Authenticate", challenge).end("no");
    return false;
  }
}
