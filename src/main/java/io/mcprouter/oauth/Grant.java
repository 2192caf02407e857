package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.mcprouter.oauth.TokenAnswer.Granted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A user's right at a server: the tokens, and all that it takes to renew and revoke them without
 * asking anybody else again.
 *
 * @param refreshAt when a new access token is to be got; the same on every node
 * @param needsLogin the right is lost; scopes and step-ups are what a new login begins with
 * @param stepUps how often in a row the server wanted more scope
 */
record Grant(
    Origin origin,
    List<String> scopes,
    Secret access,
    @Nullable Secret refresh,
    Instant refreshAt,
    Instant expiresAt,
    boolean needsLogin,
    int stepUps,
    Instant updatedAt) {
  private static final Secret NONE = new Secret("");
  private static final long USUAL_LIFETIME = 3600;
  private static final long LONGEST_LIFETIME = Duration.ofDays(365).toSeconds();
  private static final int SKEW_SECONDS = 60;
  private static final int JITTER_SECONDS = 15;

  /**
   * Where the right is from and what it is for: its tokens and its client go nowhere else.
   *
   * @param urlHash of the server's address
   */
  record Origin(
      String urlHash,
      String issuer,
      String resource,
      URI tokenEndpoint,
      @Nullable URI revocationEndpoint,
      String clientId,
      ClientAuthenticationMethod clientMethod) {
    static String hashOf(OAuthTarget target) {
      return Hashes.sha256(target.url().toString());
    }
  }

  Grant {
    scopes = List.copyOf(scopes);
  }

  static Grant of(Origin origin, Granted granted, List<String> asked, int stepUps, Instant now) {
    return new Grant(
        origin,
        granted.scopes() == null ? asked : granted.scopes(),
        granted.access(),
        granted.refresh(),
        refreshTime(granted, now),
        now.plusSeconds(lifetime(granted)),
        false,
        stepUps,
        now);
  }

  private static long lifetime(Granted granted) {
    return Math.clamp(
        granted.lifetime() == null ? USUAL_LIFETIME : granted.lifetime(), 0, LONGEST_LIFETIME);
  }

  /** A while before the end: not all at the same moment, and never most of a short life. */
  static Instant refreshTime(Granted granted, Instant now) {
    long lifetime = lifetime(granted) * 1000;
    long early = (SKEW_SECONDS + ThreadLocalRandom.current().nextInt(JITTER_SECONDS)) * 1000L;
    return now.plusMillis(lifetime - Math.min(early, lifetime / 4));
  }

  /** The same right with new tokens; a server that gives no new refresh token keeps the old. */
  Grant renewed(Granted granted, Instant now) {
    Grant next = of(origin, granted, scopes, 0, now);
    return next.refresh == null ? next.with(refresh) : next;
  }

  private Grant with(@Nullable Secret refreshToken) {
    return new Grant(
        origin, scopes, access, refreshToken, refreshAt, expiresAt, false, stepUps, updatedAt);
  }

  Grant lost(Instant now) {
    return new Grant(origin, scopes, NONE, null, now, now, true, stepUps, now);
  }

  boolean isFor(OAuthTarget target) {
    return Hashes.areEqual(origin.urlHash(), Origin.hashOf(target));
  }

  String header() {
    return Secrets.header(access);
  }
}
