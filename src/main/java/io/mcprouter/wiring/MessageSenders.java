package io.mcprouter.wiring;

import io.mcprouter.identity.Callers;
import io.mcprouter.identity.CredentialCheck;
import io.mcprouter.integration.message.SenderKey;
import io.mcprouter.integration.message.Senders;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose messages count: keys of the settings, and tokens of the issuers whose tokens clients bring.
 *
 * @param byName the keys by their names
 * @param tokens null where no issuer is configured
 */
record MessageSenders(
    Map<String, SenderKey> byName, @Nullable CredentialCheck tokens, Duration remembered)
    implements Senders {
  @Override
  public @Nullable SenderKey key(String name) {
    return byName.get(name);
  }

  @Override
  public Set<String> keys() {
    return new TreeSet<>(byName.keySet());
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
