package io.mcprouter.oauth;

import io.mcprouter.oauth.ProtectedServers.Asked;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A right that takes no login: the router's own, or one made of the token that the caller has. */
final class RouterAuthorization implements Authorization {
  private static final CompletableFuture<@Nullable String> NONE =
      CompletableFuture.completedFuture(null);
  private static final int MOST_STEP_UPS = 3;

  private final AtomicReference<Caller> caller;
  private final OAuthTarget target;
  private final Parts parts;
  private final MachineTokens tokens;
  private final AtomicInteger stepUps = new AtomicInteger();
  private volatile List<String> moreScopes = List.of();

  RouterAuthorization(Caller caller, OAuthTarget target, Parts parts, MachineTokens tokens) {
    this.caller = new AtomicReference<>(caller);
    this.target = target;
    this.parts = parts;
    this.tokens = tokens;
  }

  @Override
  public CompletableFuture<@Nullable String> value() {
    Asked asked = parts.servers().get(target);
    return asked == null && !ConfiguredServer.isIn(target) ? NONE : token(asked, null);
  }

  private CompletableFuture<@Nullable String> token(
      @Nullable Asked asked, @Nullable Secret refused) {
    List<String> challenged = asked == null ? List.of() : asked.scopes();
    String hint = asked == null ? null : asked.hint();
    return tokens
        .token(caller.get(), target, hint, Scopes.union(challenged, moreScopes), refused)
        .thenApply(Secrets::header);
  }

  @Override
  public void calledBy(Caller now) {
    if (caller.get().isOlderThan(now)) {
      caller.accumulateAndGet(now, Caller::orNewer);
    }
  }

  @Override
  public CompletableFuture<Void> refused(
      int status, @Nullable String challenge, @Nullable String sent) {
    Challenge bearer = Challenge.bearer(challenge);
    if (status == 403 && sent != null) {
      return stepUp(bearer);
    }
    return parts
        .run(target, () -> asked(status, challenge, bearer))
        .thenCompose(asked -> token(asked, sent == null ? null : Secrets.ofHeader(sent)))
        .thenApply(header -> null);
  }

  private Asked asked(int status, @Nullable String header, @Nullable Challenge bearer)
      throws McpFailure, OAuthFailure {
    if (!parts.isOAuth(target, header, bearer)) {
      throw McpFailure.of(
          McpFailure.Kind.FORBIDDEN,
          target.server(),
          "refuses the credentials (HTTP " + status + ") and asks for no OAuth token");
    }
    Asked asked = Asked.by(bearer == null ? Challenge.NONE : bearer);
    parts.servers().add(target, asked);
    return asked;
  }

  private CompletableFuture<Void> stepUp(@Nullable Challenge bearer) {
    boolean isWorthIt =
        bearer != null && bearer.wantsMoreScope() && stepUps.incrementAndGet() <= MOST_STEP_UPS;
    if (bearer == null || !isWorthIt) {
      return CompletableFuture.failedFuture(
          McpFailure.of(
              McpFailure.Kind.FORBIDDEN,
              target.server(),
              "refuses the router's rights (HTTP 403); ask its administrator for more"));
    }
    moreScopes = Scopes.union(moreScopes, bearer.scopes());
    return token(parts.servers().get(target), null).thenApply(header -> null);
  }
}
