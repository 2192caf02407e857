package io.mcprouter.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the router proves itself, or the user, to a server.
 *
 * @param requiresOAuth the administrator's word; found out where absent
 * @param oauthHeaders sent with requests to the authorization server only
 * @param refreshWaitTimeout how long to wait for another replica's refresh; default 15 s, at most
 *     30 s
 * @param refreshCoordination whether replicas take turns in refreshing; default false
 * @param persistenceWaitTimeout how long to wait for a token to be stored; default 15 s, at most
 *     840 s
 */
public record Authorization(
    @Nullable Boolean requiresOAuth,
    @Nullable OAuthSettings oauth,
    Map<String, String> oauthHeaders,
    @Nullable ApiKey apiKey,
    Duration refreshWaitTimeout,
    boolean refreshCoordination,
    Duration persistenceWaitTimeout) {
  public static final Duration DEFAULT_WAIT = Duration.ofSeconds(15);
  public static final Authorization NONE =
      new Authorization(null, null, Map.of(), null, DEFAULT_WAIT, false, DEFAULT_WAIT);

  public Authorization {
    oauthHeaders = Ordered.copy(oauthHeaders);
  }

  @Override
  public String toString() {
    return "Authorization[hidden]";
  }
}
