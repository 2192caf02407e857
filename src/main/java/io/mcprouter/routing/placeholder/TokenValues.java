package io.mcprouter.routing.placeholder;

import io.mcprouter.config.TokenField;
import io.mcprouter.config.UserField;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import java.time.Instant;

/**
 * What is told of the token that a caller came with: only where the issuer's settings let servers
 * see tokens, and never once it has ended.
 */
final class TokenValues {
  private TokenValues() {}

  static String of(Caller caller, TokenField field, Place place) {
    PresentedToken token = caller.token();
    if (token == null || caller.source() != Caller.Source.JWT) {
      throw missing(
          place, field, "and this caller came without one; log in to the router with a token");
    }
    if (!token.isForwardable()) {
      throw missing(
          place,
          field,
          "which servers may not see; the administrator can allow it by"
              + " mcp-router.authentication.issuers.NAME.forward-token");
    }
    if (!Instant.now().isBefore(token.expires())) {
      throw missing(place, field, "which has expired; send a new one");
    }
    return switch (field) {
      case ACCESS_TOKEN, TOKEN -> token.value();
      case EXPIRES_AT -> Long.toString(token.expires().getEpochSecond());
      case USER_ID -> caller.field(UserField.OPENID_ID.text());
      case USER_EMAIL -> caller.field(UserField.EMAIL.text());
      case USER_NAME -> caller.field(UserField.NAME.text());
    };
  }

  private static PlaceholderException missing(Place place, TokenField field, String why) {
    return new PlaceholderException(
        place,
        PlaceholderException.Reason.NO_TOKEN,
        field.placeholder(),
        "needs {{" + field.placeholder() + "}} of an identity provider's access token, " + why);
  }
}
