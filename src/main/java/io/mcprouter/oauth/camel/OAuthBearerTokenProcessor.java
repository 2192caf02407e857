package io.mcprouter.oauth.camel;

import io.mcprouter.oauth.camel.TokenValidation.Invalid;
import io.mcprouter.oauth.camel.TokenValidation.Valid;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a message pass whose {@code Authorization: Bearer} holds a good token, and no other: the
 * route ends here with 400, 401 or 503 as RFC 6750 §3 has it. Behind this step the property {@link
 * #RESULT} says whose token it was, and the token itself is gone. May block.
 */
public final class OAuthBearerTokenProcessor extends OAuthProcessor {
  /** The exchange property with the {@link TokenValidation.Valid} of the token. */
  public static final String RESULT = "CamelOAuthTokenValidationResult";

  private static final Logger LOG = LoggerFactory.getLogger(OAuthBearerTokenProcessor.class);
  private static final int LONGEST_TOKEN = 8192;
  private static final Pattern BEARER =
      Pattern.compile("bearer(?: +(?<token>.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  @Override
  void check(OAuthProfiles profiles) {
    profiles.validator(getProfile()).check(getProfile());
  }

  @Override
  public void process(Exchange exchange) {
    exchange.removeProperty(RESULT);
    Object credentials = exchange.getMessage().getHeader(AUTHORIZATION);
    if (credentials == null) {
      refuse(exchange, 401, "", "This needs a token: send Authorization: Bearer.");
    } else if (isInQuery(exchange) || !(credentials instanceof String text)) {
      refuse(exchange, 400, "invalid_request", "The token must stand in one Authorization header");
    } else {
      process(exchange, text.strip());
    }
  }

  /**
   * Consumers make headers of query parameters, and tokens in URLs end up in logs (RFC 6750 §5.3).
   */
  private static boolean isInQuery(Exchange exchange) {
    String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
    return query != null
        && query.toLowerCase(Locale.ROOT).matches("(?s)(?:.*&)?(?:authorization|access_token)=.*");
  }

  private void process(Exchange exchange, String credentials) {
    Matcher bearer = BEARER.matcher(credentials);
    if (!bearer.matches()) {
      refuse(exchange, 401, "", "This needs a bearer token.");
      return;
    }
    String token = bearer.group("token");
    if (token == null || token.length() > LONGEST_TOKEN || !TOKEN.matcher(token).matches()) {
      refuse(exchange, 400, "invalid_request", "The token is missing, too long or no token");
      return;
    }
    decide(exchange, token);
  }

  /** Whatever a validator throws, the message does not pass. */
  private void decide(Exchange exchange, String token) {
    try {
      switch (profiles(exchange).validator(getProfile()).validate(getProfile(), token)) {
        case Valid valid -> {
          exchange.getMessage().removeHeader(AUTHORIZATION);
          exchange.setProperty(RESULT, valid);
        }
        case Invalid(String why) -> refuse(exchange, 401, "invalid_token", why);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Route '{}': a token cannot be checked by the profile '{}' of camel.oauth: {}",
          exchange.getFromRouteId(),
          getProfile(),
          e.getMessage());
      refuse(exchange, 503, "", "The token cannot be checked now: try again later.");
    }
  }

  private static void refuse(Exchange exchange, int status, String error, String message) {
    Message answer = exchange.getMessage();
    answer.removeHeaders("*"); // consumers send a message's headers back, the token among them
    answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    answer.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
    if (status != 503) {
      answer.setHeader(
          "WWW-Authenticate",
          error.isEmpty()
              ? "Bearer"
              : "Bearer error=\"%s\", error_description=\"%s\"".formatted(error, message));
    }
    answer.setBody(message);
    exchange.setRouteStop(true);
  }
}
