package io.mcprouter.transport.spi;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one request whose server may refuse the caller's right to use it: each asks for
 * the right anew, and a refusal that was remedied is followed by another attempt. A refused request
 * was not acted on. Lives on one Vert.x context, on which its futures complete.
 */
public final class Attempts {
  private static final int MOST_STEP_UPS = 3;
  private static final Pattern STEP_UP =
      Pattern.compile("\\berror\\s*=\\s*\"?insufficient_scope\\b", Pattern.CASE_INSENSITIVE);

  private final String server;
  private final Authorization right;
  private final Context context;
  private boolean refusedOnce;
  private int stepUps;
  private @Nullable String sent;

  public Attempts(String server, Authorization right, Context context) {
    this.server = server;
    this.right = right;
    this.context = context;
  }

  /**
   * The value of {@code Authorization} for the next attempt, null for none. Complete at once where
   * it is at hand; fails with an {@link McpFailure}.
   */
  public Future<@Nullable String> next() {
    return on(right.value())
        .map(
            value -> {
              sent = value;
              return value;
            });
  }

  /** Whether an answer refuses the right and {@link #refused} may remedy that. */
  public boolean mayRepeat(int status, MultiMap headers) {
    return switch (status) {
      case 401 -> !refusedOnce;
      case 403 -> stepUps < MOST_STEP_UPS && isStepUp(challenge(headers));
      default -> false;
    };
  }

  private static boolean isStepUp(@Nullable String challenge) {
    return challenge != null && STEP_UP.matcher(challenge).find();
  }

  /** Complete when the request may go out once more; fails with an {@link McpFailure}. */
  public Future<Void> refused(int status, MultiMap headers) {
    if (status == 401) {
      refusedOnce = true;
    } else {
      stepUps++;
    }
    return on(right.refused(status, challenge(headers), sent));
  }

  private static @Nullable String challenge(MultiMap headers) {
    List<String> challenges = headers.getAll("WWW-Authenticate");
    return challenges.isEmpty() ? null : String.join(", ", challenges);
  }

  private <T extends @Nullable Object> Future<T> on(CompletableFuture<T> stage) {
    return Future.fromCompletionStage(stage, context)
        .recover(thrown -> Future.failedFuture(McpFailure.from(thrown, server)));
  }
}
