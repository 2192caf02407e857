package io.mcprouter.wiring;

import io.mcprouter.identity.Callers;
import io.mcprouter.identity.CredentialCheck;
import io.mcprouter.integration.message.SenderKey;
import io.mcprouter.integration.message.Senders;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose messages count: keys of the settings, and tokens of the issuers whose tokens clients bring.
 *
 * @param tokens null where no issuer is configured
 */
record MessageSenders(
    Map<String, SenderKey> keys, @Nullable CredentialCheck tokens, Duration remembered)
    implements Senders {
  @Override
  public @Nullable SenderKey key(String name) {
    return keys.get(name);
  }

  @Override
  public Caller caller(String token) throws RefusedToken {
    if (tokens == null) {
      throw new RefusedToken(true, "No issuer is configured whose tokens are taken.");
    }
    try {
      CredentialCheck.Checked checked = tokens.check(token);
      if (!checked.forRouter()) {
        throw new RefusedToken(true, "The token is for another audience than this router.");
      }
      return checked.caller();
    } catch (Callers.Refused refused) {
      throw new RefusedToken(
          refused.reason() != Callers.Reason.UNAVAILABLE,
          Objects.toString(refused.getMessage(), "The token is refused."));
    }
  }
}
