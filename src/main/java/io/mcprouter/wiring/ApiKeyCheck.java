package io.mcprouter.wiring;

import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.IssuedKey;
import io.mcprouter.credential.KeyCheck;
import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.identity.CredentialCheck;
import java.time.Instant;
import java.util.Objects;

/** Callers with API keys, which the store knows. */
final class ApiKeyCheck implements CredentialCheck {
  private final ApiKeys keys;

  ApiKeyCheck(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public Checked check(String credential) throws Refused {
    return switch (keys.find(credential)) {
      case KeyCheck.Valid(IssuedKey key) -> {
        keys.used(key);
        yield Checked.key(
            key.caller(), key.id(), Objects.requireNonNullElse(key.expiresAt(), Instant.MAX));
      }
      case KeyCheck.Refused(KeyCheck.Reason reason) ->
          throw new Refused(
              Reason.INVALID,
              switch (reason) {
                case NO_KEY, UNKNOWN -> "There is no such API key.";
                case EXPIRED -> "The API key has expired.";
                case REVOKED -> "The API key was revoked.";
              });
    };
  }
}
