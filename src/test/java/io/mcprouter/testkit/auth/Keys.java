package io.mcprouter.testkit.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/** The key with which all scripted authorization servers of this JVM sign: making one is slow. */
final class Keys {
  private static final RSAKey KEY = generated();

  private Keys() {}

  private static RSAKey generated() {
    try {
      return new RSAKeyGenerator(2048).keyID("scripted").algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(String type, JWTClaimsSet claims) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID(KEY.getKeyID())
                  .type(new JOSEObjectType(type))
                  .build(),
              claims);
      jwt.sign(new RSASSASigner(KEY));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a JWT that a scripted authorization server signed. */
  static JWTClaimsSet verified(String type, String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      Refusal.unless(
          new JOSEObjectType(type).equals(jwt.getHeader().getType()),
          "invalid_grant",
          "the assertion is no " + type);
      Refusal.unless(
          jwt.verify(new RSASSAVerifier(KEY)), "invalid_grant", "the signature is wrong");
      return jwt.getJWTClaimsSet();
    } catch (ParseException | JOSEException e) {
      throw new Refusal("invalid_grant", "the assertion cannot be read: " + e);
    }
  }

  static String publicJson() {
    return new JWKSet(KEY).toPublicJWKSet().toString();
  }
}
