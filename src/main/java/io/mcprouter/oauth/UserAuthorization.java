package io.mcprouter.oauth;

import io.mcprouter.oauth.LoginTable.Wish;
import io.mcprouter.oauth.ProtectedServers.Asked;
import io.mcprouter.oauth.Standing.LoginNeeded;
import io.mcprouter.oauth.Standing.Undecided;
import io.mcprouter.oauth.Standing.Usable;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The right of one user, who logs in. */
final class UserAuthorization implements Authorization {
  private static final CompletableFuture<@Nullable String> NONE =
      CompletableFuture.completedFuture(null);

  /** With the first login three in all: who wants still more will not be content with more. */
  private static final int MOST_STEP_UPS = 2;

  private final Caller caller;
  private final GrantKey key;
  private final OAuthTarget target;
  private final Parts parts;

  UserAuthorization(Caller caller, OAuthTarget target, Parts parts) {
    this.caller = caller;
    this.key = GrantKey.of(caller, target.server());
    this.target = target;
    this.parts = parts;
  }

  @Override
  public CompletableFuture<@Nullable String> value() {
    CompletableFuture<@Nullable String> known = parts.tokens().atHand(key, target);
    if (known != null) {
      return known;
    }
    Asked asked = parts.servers().get(target);
    if (asked == null) {
      return NONE;
    }
    return caller.isApplication()
        ? CompletableFuture.failedFuture(nobody())
        : standing(null, asked.hint()).thenCompose(now -> header(now, asked));
  }

  private CompletableFuture<Standing> standing(@Nullable Secret refused, @Nullable String hint) {
    return parts.tokens().standing(key, target, refused, hint);
  }

  private CompletableFuture<@Nullable String> header(Standing now, Asked asked) {
    return switch (now) {
      case Usable usable -> CompletableFuture.completedFuture(usable.grant().header());
      case LoginNeeded needed -> parts.run(target, () -> login(needed.why(), asked));
      case Undecided open -> CompletableFuture.failedFuture(Failures.of(open.why(), target));
    };
  }

  @Override
  public CompletableFuture<Void> refused(
      int status, @Nullable String challenge, @Nullable String sent) {
    Challenge bearer = Challenge.bearer(challenge);
    if (status == 403 && sent != null) {
      return bearer != null && bearer.wantsMoreScope()
          ? parts.run(target, () -> stepUp(bearer, sent))
          : CompletableFuture.failedFuture(
              McpFailure.of(
                  McpFailure.Kind.FORBIDDEN, target.server(), "refuses this user (HTTP 403)"));
    }
    return parts
        .run(target, () -> asked(status, challenge, bearer))
        .thenCompose(
            asked ->
                standing(sent == null ? null : Secrets.ofHeader(sent), asked.hint())
                    .thenCompose(now -> header(now, asked)))
        .thenApply(header -> null);
  }

  /** Whether it is OAuth that the server wants, and if so, what exactly. */
  private Asked asked(int status, @Nullable String header, @Nullable Challenge bearer)
      throws McpFailure, OAuthFailure {
    if (!parts.isOAuth(target, header, bearer)) {
      throw McpFailure.of(
          McpFailure.Kind.FORBIDDEN,
          target.server(),
          "refuses the credentials (HTTP "
              + status
              + ") and asks for no OAuth login; check its headers and apiKey");
    }
    Asked asked = Asked.by(bearer == null ? Challenge.NONE : bearer);
    parts.servers().add(target, asked);
    if (caller.isApplication()) {
      throw nobody();
    }
    return asked;
  }

  private McpFailure nobody() {
    return McpFailure.loginRequired(
        target.server(),
        "each user has to log in, and nobody in particular is asking: it opens when a user calls it"
            + " (with router.shared: true it never does)",
        null);
  }

  /** Finds out first whether a login is possible: a link that leads nowhere helps nobody. */
  private @Nullable String login(String why, Asked asked) throws McpFailure, OAuthFailure {
    parts.discovery().find(target, asked.hint());
    throw loginRequired(why, new Wish(asked.hint(), asked.scopes(), 0));
  }

  private McpFailure loginRequired(String why, Wish wish) {
    if (!parts.places().hasPages()) {
      return McpFailure.loginRequired(
          target.server(),
          why
              + ": this router has no pages to log in on; run 'mcp-router run' with the same data"
              + " directory beside it and log in there",
          null);
    }
    Secret link = parts.logins().open(key, target, wish);
    return McpFailure.loginRequired(
        target.server(), why, parts.places().link(link.value()).toString());
  }

  /** More scope takes a new login, unless one was made meanwhile. */
  private @Nullable Void stepUp(Challenge challenge, String sent) throws McpFailure {
    Grant grant = parts.grants().read(key);
    List<String> had = grant == null ? List.of() : grant.scopes();
    boolean isDone =
        grant != null && !grant.needsLogin() && !grant.header().equals(sent) && grant.isFor(target);
    if (isDone && had.containsAll(challenge.scopes())) {
      parts.tokens().forget(key);
      return null;
    }
    int stepUps = grant == null ? 1 : grant.stepUps() + 1;
    if (stepUps > MOST_STEP_UPS) {
      throw McpFailure.of(
          McpFailure.Kind.FORBIDDEN,
          target.server(),
          "goes on asking for more rights after "
              + (MOST_STEP_UPS + 1)
              + " logins; ask its administrator which rights the user has");
    }
    Wish wish =
        new Wish(challenge.resourceMetadata(), Scopes.union(had, challenge.scopes()), stepUps);
    throw loginRequired("needs more rights than the last login gave", wish);
  }
}
