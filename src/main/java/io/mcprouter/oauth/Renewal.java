package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.mcprouter.config.ServerName;
import io.mcprouter.credential.Store;
import io.mcprouter.oauth.Standing.LoginNeeded;
import io.mcprouter.oauth.Standing.Undecided;
import io.mcprouter.oauth.Standing.Usable;
import io.mcprouter.oauth.TokenAnswer.Granted;
import io.mcprouter.oauth.TokenAnswer.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Renews access tokens. A refresh token may be good for one use, so whoever refreshes holds the
 * right's row, and looks again once it has it: of all threads on all nodes one asks.
 */
final class Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
  private static final String OF_USERS = "servers that users added";

  private final Store store;
  private final GrantTable table;
  private final Clients clients;
  private final TokenEndpoint endpoint;
  private final Clock clock;
  private final Retreat retreat;
  private final Turns turns;

  Renewal(Store store, GrantTable table, Clients clients, TokenEndpoint endpoint, Clock clock) {
    this.store = store;
    this.table = table;
    this.clients = clients;
    this.endpoint = endpoint;
    this.clock = clock;
    this.retreat = new Retreat(clock);
    this.turns = new Turns(store.poolSize());
  }

  /**
   * How a right stands, renewed where it is time.
   *
   * @param refused an access token that the server would not take; null for none
   */
  Standing standing(GrantKey key, OAuthTarget target, @Nullable Secret refused, Duration wait) {
    Grant grant = table.read(key);
    Standing known = known(grant, target, refused);
    if (known != null) {
      return known;
    }
    Grant old = Objects.requireNonNull(grant);
    Undecided recent = retreat.recent(key);
    return recent == null
        ? inTurn(old.origin().issuer(), key, target, refused, wait)
        : stillGood(old, refused, recent);
  }

  /** What needs no request, null where it is time for one. */
  private @Nullable Standing known(
      @Nullable Grant grant, OAuthTarget target, @Nullable Secret refused) {
    if (grant == null || !grant.isFor(target)) {
      return new LoginNeeded("asks for a login");
    }
    if (grant.needsLogin()) {
      return new LoginNeeded("asks for a new login");
    }
    boolean isTaken = !grant.access().equals(refused);
    boolean isFresh = clock.instant().isBefore(grant.refreshAt());
    boolean isLast = grant.refresh() == null && clock.instant().isBefore(grant.expiresAt());
    return isTaken && (isFresh || isLast) ? new Usable(grant) : null;
  }

  private Standing inTurn(
      String issuer, GrantKey key, OAuthTarget target, @Nullable Secret refused, Duration wait) {
    try {
      return turns
          .in(payer(issuer, key), wait, () -> locked(key, target, refused, wait))
          .orElseGet(
              () ->
                  orStillGood(key, refused, busy("too many logins are being renewed; try again")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return busy("interrupted while a login was to be renewed");
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("The store failed while a login at server '{}' was renewed", key.server(), e);
      return busy("the router's store cannot be used; try again");
    }
  }

  /** Users choose the issuers of the servers that they add: all of these wait for one another. */
  private static String payer(String issuer, GrantKey key) {
    return ServerName.isOfUser(key.server()) ? OF_USERS : issuer;
  }

  /** A token that is not over yet does, where there was no turn to renew it. */
  private Standing orStillGood(GrantKey key, @Nullable Secret refused, Undecided otherwise) {
    Grant grant = table.read(key);
    return grant == null ? otherwise : stillGood(grant, refused, otherwise);
  }

  private static Undecided busy(String why) {
    return new Undecided(OAuthFailure.unreachable(why));
  }

  private Standing locked(
      GrantKey key, OAuthTarget target, @Nullable Secret refused, Duration wait) {
    Unsaved unsaved = new Unsaved(store, table, key);
    try {
      return store.inTransaction(
          () -> {
            Grant grant = table.lock(key, wait);
            Standing known = known(grant, target, refused);
            return known != null
                ? known
                : renewed(key, target, Objects.requireNonNull(grant), refused, unsaved);
          });
    } catch (DataAccessException | TransactionException e) {
      return unsaved.savedWithin(target.persistenceWait(), e);
    }
  }

  private Standing renewed(
      GrantKey key, OAuthTarget target, Grant grant, @Nullable Secret refused, Unsaved unsaved) {
    try {
      Client client = clients.known(key.tenant(), target, grant.origin());
      if (client == null || grant.refresh() == null) {
        return lost(key, grant, "asks for a new login: the last one has ended");
      }
      return switch (ask(request(target, grant, client, grant.refresh()))) {
        case Granted granted -> {
          Grant next = grant.renewed(granted, clock.instant());
          unsaved.hold(next);
          table.update(key, next);
          retreat.end(key);
          yield new Usable(next);
        }
        case Refused no -> refused(key, grant, client, no, refused);
        case TokenAnswer.Undecided why -> stillGood(grant, refused, retreat.after(key, why.why()));
      };
    } catch (OAuthFailure e) {
      return new Undecided(e);
    }
  }

  /** Scopes that were granted once are refused by some servers when they are asked for again. */
  private TokenAnswer ask(TokenEndpoint.Request request) {
    TokenAnswer answer = endpoint.ask(request);
    boolean isOfScope = answer instanceof Refused no && no.error().equals("invalid_scope");
    return isOfScope && !request.scopes().isEmpty()
        ? endpoint.ask(request.withoutScopes())
        : answer;
  }

  private static TokenEndpoint.Request request(
      OAuthTarget target, Grant grant, Client client, Secret refresh) {
    String audience = target.settings() == null ? null : target.settings().audience();
    boolean isForwarded =
        audience != null
            && target.settings() != null
            && target.settings().forwardAudienceOnRefresh();
    return new TokenEndpoint.Request(
        grant.origin().tokenEndpoint(),
        client,
        new RefreshTokenGrant(new RefreshToken(refresh.value())),
        grant.scopes(),
        target.sendsResource() ? grant.origin().resource() : null,
        isForwarded && audience != null ? Map.of("audience", audience) : Map.of(),
        target);
  }

  private Standing refused(
      GrantKey key, Grant grant, Client client, Refused no, @Nullable Secret refused) {
    if (no.isOfClient()) {
      clients.reject(key.tenant(), client);
      return lost(key, grant, "asks for a new login: its authorization server forgot the router");
    }
    if (no.error().equals("invalid_grant")) {
      return lost(key, grant, "asks for a new login: the last one has ended");
    }
    OAuthFailure why =
        OAuthFailure.refused("the authorization server refuses to renew the login: " + no.error());
    return stillGood(grant, refused, retreat.after(key, why));
  }

  /** Gives a right up, unless another has taken its place. */
  Standing lose(GrantKey key, Grant grant, String why) {
    return store.inTransaction(
        () -> {
          Grant now = table.read(key);
          boolean isSame = now != null && now.access().equals(grant.access());
          return isSame ? lost(key, grant, why) : new LoginNeeded(why);
        });
  }

  private Standing lost(GrantKey key, Grant grant, String why) {
    table.update(key, grant.lost(clock.instant()));
    return new LoginNeeded(why);
  }

  /** A token that has a little time left is used while a new one cannot be had. */
  private Standing stillGood(Grant grant, @Nullable Secret refused, Undecided otherwise) {
    boolean isGood = clock.instant().isBefore(grant.expiresAt()) && !grant.access().equals(refused);
    return isGood ? new Usable(grant) : otherwise;
  }
}
