package io.mcprouter.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.security.PrivateKey;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** A private key by which the router proves itself to an authorization server (RFC 7523). */
final class SigningKey {
  private final PrivateKey key;
  private final JWSAlgorithm algorithm;
  private final @Nullable String id;

  private SigningKey(PrivateKey key, JWSAlgorithm algorithm, @Nullable String id) {
    this.key = key;
    this.algorithm = algorithm;
    this.id = id;
  }

  /** The key in a text: a JWK where it begins with a brace, else PEM. */
  static SigningKey of(String text, @Nullable String algorithm) throws OAuthFailure {
    try {
      JWK jwk =
          text.strip().startsWith("{") ? JWK.parse(text) : JWK.parseFromPEMEncodedObjects(text);
      JWSAlgorithm chosen = algorithm == null ? usual(jwk) : JWSAlgorithm.parse(algorithm);
      return new SigningKey(privateOf(jwk), chosen, jwk.getKeyID());
    } catch (ParseException | JOSEException e) {
      throw unreadable();
    }
  }

  private static PrivateKey privateOf(JWK jwk) throws JOSEException, OAuthFailure {
    if (!jwk.isPrivate()) {
      throw unreadable();
    }
    return switch (jwk) {
      case RSAKey rsa -> rsa.toPrivateKey();
      case ECKey ec -> ec.toPrivateKey();
      default -> throw unreadable();
    };
  }

  /** The parser's message may quote the key, so it is not the cause. */
  private static OAuthFailure unreadable() {
    return OAuthFailure.unusable(
        "router.oauth.privateKey is no private RSA or EC key; give a JWK or PKCS#8 in PEM");
  }

  private static JWSAlgorithm usual(JWK jwk) {
    if (!(jwk instanceof ECKey ec)) {
      return JWSAlgorithm.RS256;
    }
    if (Curve.P_384.equals(ec.getCurve())) {
      return JWSAlgorithm.ES384;
    }
    return Curve.P_521.equals(ec.getCurve()) ? JWSAlgorithm.ES512 : JWSAlgorithm.ES256;
  }

  PrivateKeyJWT proof(ClientID client, String issuer) throws JOSEException {
    JWTAuthenticationClaimsSet claims =
        new JWTAuthenticationClaimsSet(client, new Audience(issuer));
    return new PrivateKeyJWT(claims, algorithm, key, id, null);
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + "]";
  }
}
