package io.mcprouter.oauth.camel;

import java.io.IOException;
import org.apache.camel.Exchange;

/**
 * Gives a message the route's own token, {@code Authorization: Bearer}, by the grant of client
 * credentials. Where there is none the exchange fails with {@link OAuthTokenException} and the
 * route goes no further; what the caller sent as {@code Authorization} never goes on. May block.
 */
public final class OAuthClientCredentialsProcessor extends OAuthProcessor {
  @Override
  void check(OAuthProfiles profiles) {
    profiles.check(getProfile());
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().removeHeader(AUTHORIZATION);
    try {
      String token = profiles(exchange).resolve(getProfile());
      exchange.getMessage().setHeader(AUTHORIZATION, "Bearer " + token);
      // this step runs again where the error handler repeats it, and then the route may go on
      exchange.setRouteStop(false);
    } catch (IOException | RuntimeException e) {
      exchange.setRouteStop(true); // even where an onException would go on
      exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
      exchange.setException(new OAuthTokenException(getProfile(), e));
    }
  }
}
