package io.mcprouter.oauth;

import io.mcprouter.credential.SealedField;
import io.mcprouter.credential.Sealing;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Seals texts for columns. */
final class Sealed {
  private final Sealing sealing;

  Sealed(Sealing sealing) {
    this.sealing = sealing;
  }

  byte[] seal(Secret secret, SealedField where) {
    return sealing.seal(secret.value().getBytes(StandardCharsets.UTF_8), where);
  }

  byte @Nullable [] sealOrNull(@Nullable Secret secret, SealedField where) {
    return secret == null ? null : seal(secret, where);
  }

  Secret open(byte[] sealed, SealedField where) {
    return new Secret(new String(sealing.unseal(sealed, where), StandardCharsets.UTF_8));
  }

  @Nullable Secret openOrNull(byte @Nullable [] sealed, SealedField where) {
    return sealed == null ? null : open(sealed, where);
  }
}
