package io.mcprouter.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A private key by which the router proves itself to an authorization server (RFC 7523). */
final class SigningKey {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----(?<key>[A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

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
      JWK jwk = text.strip().startsWith("{") ? JWK.parse(text) : null;
      PrivateKey key = jwk == null ? pem(text) : privateOf(jwk);
      JWSAlgorithm chosen = algorithm == null ? usual(key) : JWSAlgorithm.parse(algorithm);
      return new SigningKey(key, chosen, jwk == null ? null : jwk.getKeyID());
    } catch (ParseException | JOSEException | GeneralSecurityException e) {
      throw unreadable();
    }
  }

  /** PKCS#8, which is the one form that says itself what kind of key it is. */
  private static PrivateKey pem(String text) throws OAuthFailure, GeneralSecurityException {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw unreadable();
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group("key")));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    } catch (InvalidKeySpecException other) {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
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

  private static JWSAlgorithm usual(PrivateKey key) {
    if (!(key instanceof ECPrivateKey ec)) {
      return JWSAlgorithm.RS256;
    }
    return switch (ec.getParams().getCurve().getField().getFieldSize()) {
      case 384 -> JWSAlgorithm.ES384;
      case 521 -> JWSAlgorithm.ES512;
      default -> JWSAlgorithm.ES256;
    };
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
