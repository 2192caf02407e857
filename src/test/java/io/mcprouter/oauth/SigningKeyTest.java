package io.mcprouter.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as administrators have them: PKCS#8 in PEM, read by Java's own means. */
class SigningKeyTest {
  @ParameterizedTest
  @CsvSource({"secp256r1, ES256", "secp384r1, ES384", "secp521r1, ES512"})
  void an_elliptic_key_signs_as_its_curve_does(String curve, String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    assertThat(SigningKey.of(pem(generator.generateKeyPair().getPrivate()), null))
        .hasToString("SigningKey[" + algorithm + "]");
  }

  @Test
  void an_rsa_key_signs_with_sha_256_unless_said_otherwise() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String pem = pem(generator.generateKeyPair().getPrivate());
    assertThat(SigningKey.of(pem, null)).hasToString("SigningKey[RS256]");
    assertThat(SigningKey.of(pem, "PS256")).hasToString("SigningKey[PS256]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary",
        "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----",
        "{\"kty\":\"oct\",\"k\":\"canary\"}"
      })
  void anything_else_is_refused_and_not_quoted(String text) {
    assertThatExceptionOfType(OAuthFailure.class)
        .isThrownBy(() -> SigningKey.of(text, null))
        .withMessageContaining("PKCS#8")
        .withMessageNotContaining("canary");
  }

  private static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
