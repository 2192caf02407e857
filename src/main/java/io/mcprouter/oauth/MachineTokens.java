package io.mcprouter.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.oauth.TokenAnswer.Granted;
import io.mcprouter.oauth.TokenAnswer.Refused;
import io.mcprouter.oauth.TokenAnswer.Undecided;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that take no login. They are kept in memory only: whoever could read them from the store
 * could as well get new ones.
 */
final class MachineTokens {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST = 10_000;

  /** How long a caller's token that was refused is not shown again. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Discovery discovery;
  private final Clients clients;
  private final TokenEndpoint endpoint;
  private final MachineGrants grants;
  private final Parts parts;
  private final Clock clock;
  private final Cache<Wanted, Held> held =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
  private final Cache<Wanted, McpFailure> refusals =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(PAUSE).build();
  private final ConcurrentMap<Wanted, CompletableFuture<Secret>> flights =
      new ConcurrentHashMap<>();

  /**
   * What a token is for.
   *
   * @param user whose it is; empty where it is the router's
   * @param presented hash of the token that it is made of; empty for none
   * @param terms hash of what the entry says of the client, which may hold values of the user's
   */
  private record Wanted(
      String user, String presented, String server, URI url, String terms, List<String> scopes) {}

  private record Held(Secret token, Instant until) {}

  MachineTokens(
      Clients clients, TokenEndpoint endpoint, MachineGrants grants, Parts parts, Clock clock) {
    this.discovery = parts.discovery();
    this.clients = clients;
    this.endpoint = endpoint;
    this.grants = grants;
    this.parts = parts;
    this.clock = clock;
  }

  /** A token; one request for all that want the same. */
  CompletableFuture<Secret> token(
      Caller caller,
      OAuthTarget target,
      @Nullable String hint,
      List<String> scopes,
      @Nullable Secret refused) {
    Wanted wanted = wanted(caller, target, scopes);
    Held known = held.getIfPresent(wanted);
    if (known != null && !known.token.equals(refused) && clock.instant().isBefore(known.until)) {
      return CompletableFuture.completedFuture(known.token);
    }
    McpFailure refusal = refusals.getIfPresent(wanted);
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    CompletableFuture<Secret> mine = new CompletableFuture<>();
    CompletableFuture<Secret> running = flights.putIfAbsent(wanted, mine);
    if (running != null) {
      return running;
    }
    parts
        .run(target, () -> get(wanted, caller, target, hint))
        .whenComplete(
            (token, failure) -> {
              flights.remove(wanted, mine);
              if (failure == null) {
                mine.complete(token);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  private static Wanted wanted(Caller caller, OAuthTarget target, List<String> scopes) {
    boolean isUsers = target.options().grant().needsCallersToken();
    String presented =
        isUsers && caller.token() != null ? Hashes.sha256(caller.token().value()) : "";
    return new Wanted(
        isUsers ? caller.key() : "",
        presented,
        target.server(),
        target.url(),
        terms(caller, target),
        scopes);
  }

  /** Two users may have two clients, and a client that was changed is another one. */
  private static String terms(Caller caller, OAuthTarget target) {
    OAuthOptions options = target.options();
    OAuthSettings settings = target.settings();
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(caller.tenant());
    parts.add(options.clientId());
    parts.add(options.clientSecret());
    parts.add(options.privateKey());
    parts.add(target.scope());
    if (settings != null) {
      parts.add(settings.clientId());
      parts.add(settings.clientSecret());
      parts.add(settings.audience());
      parts.add(settings.tokenUrl());
    }
    StringBuilder all = new StringBuilder();
    parts.forEach(part -> all.append(part == null ? -1 : part.length()).append(':').append(part));
    return Hashes.sha256(all.toString());
  }

  private Secret get(Wanted wanted, Caller caller, OAuthTarget target, @Nullable String hint)
      throws OAuthFailure, McpFailure {
    requireFresh(caller, target);
    Discovered found = discovery.find(target, hint);
    List<String> scopes = Scopes.union(Scopes.of(target.scope()), wanted.scopes());
    if (scopes.isEmpty()) {
      scopes = found.scopes();
    }
    if (Clients.configuredId(target) == null) {
      throw OAuthFailure.unusable(
          "a right without a login needs a client of the router's own; set oauth.client_id");
    }
    Client client = clients.choose(caller.tenant(), target, found.server(), scopes);
    TokenEndpoint.Request request = grants.request(caller, target, found, client, scopes);
    return switch (endpoint.ask(request)) {
      case Granted granted -> keep(wanted, granted);
      case Refused no -> throw refused(wanted, target, no);
      case Undecided open -> throw open.why();
    };
  }

  /**
   * Where it is the caller's token that is not taken, their next one may be: that is no reason to
   * leave the server alone for a while, but the token is not shown again.
   */
  private OAuthFailure refused(Wanted wanted, OAuthTarget target, Refused no) throws McpFailure {
    if (wanted.presented().isEmpty() || !no.error().equals("invalid_grant")) {
      return OAuthFailure.refused("the authorization server gives no token: " + no.error());
    }
    McpFailure refusal =
        needsNewer(target, "and its authorization server does not take that one (invalid_grant)");
    refusals.put(wanted, refusal);
    throw refusal;
  }

  private static McpFailure needsNewer(OAuthTarget target, String why) {
    return McpFailure.loginRequired(
        target.server(),
        "takes a token that is made of the one that you log in to the router with, "
            + why
            + ": call again with a new one",
        null);
  }

  /** What has ended is shown to nobody; the user's next call brings a new one. */
  private void requireFresh(Caller caller, OAuthTarget target) throws McpFailure {
    PresentedToken presented = caller.token();
    if (target.options().grant().needsCallersToken()
        && presented != null
        && !clock.instant().isBefore(presented.expires())) {
      throw needsNewer(target, "and that one has ended");
    }
  }

  private Secret keep(Wanted wanted, Granted granted) {
    held.put(wanted, new Held(granted.access(), Grant.refreshTime(granted, clock.instant())));
    return granted.access();
  }
}
