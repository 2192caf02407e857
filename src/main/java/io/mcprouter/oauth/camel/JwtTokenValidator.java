package io.mcprouter.oauth.camel;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.oauth.GuardedSenderLimits;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks JWTs: the signature by a published key of the identity provider, type, issuer, audience
 * and times.
 */
final class JwtTokenValidator implements TokenValidator {
  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenValidator.class);

  private final Function<String, ProfileKeys> keys;
  private final Function<GuardedSenderLimits, GuardedSender> senders;
  private final ConcurrentMap<String, JWTProcessor<SecurityContext>> processors =
      new ConcurrentHashMap<>();

  JwtTokenValidator(
      Function<String, ProfileKeys> keys, Function<GuardedSenderLimits, GuardedSender> senders) {
    this.keys = keys;
    this.senders = senders;
  }

  @Override
  public void check(String profile) {
    processor(profile);
  }

  @Override
  public TokenValidation validate(String profile, String token) throws IOException {
    try {
      return TokenValidation.Valid.of(processor(profile).process(token, null));
    } catch (ParseException e) {
      // the parser's message may hold parts of the token
      return new TokenValidation.Invalid("The token is no JWT");
    } catch (ExpiredJWTException e) {
      return new TokenValidation.Invalid("The token has expired");
    } catch (BadJOSEException e) {
      LOG.debug("A token is refused by profile '{}': {}", profile, e.getMessage());
      return new TokenValidation.Invalid(
          "The token's signature, type, issuer, audience or times are wrong");
    } catch (RateLimitReachedException e) {
      throw new IOException("the keys could not be read a moment ago, or lack the token's", e);
    } catch (KeySourceException e) {
      throw new IOException(e.getMessage(), e);
    } catch (JOSEException e) {
      LOG.debug("A token cannot be checked by profile '{}'", profile, e);
      return new TokenValidation.Invalid("The token's signature cannot be checked");
    }
  }

  private JWTProcessor<SecurityContext> processor(String profile) {
    return processors.computeIfAbsent(
        profile, name -> processor(ValidationProfile.of(keys.apply(name))));
  }

  private JWTProcessor<SecurityContext> processor(ValidationProfile profile) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(profile.types()));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            profile.algorithms(),
            PublishedKeys.of(profile, senders.apply(profile.limits()), Clock.systemUTC())));
    processor.setJWTClaimsSetVerifier(claims(profile));
    return processor;
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(ValidationProfile profile) {
    JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
    if (profile.issuer() != null) {
      exact.issuer(profile.issuer());
    }
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            profile.audiences().isEmpty() ? null : profile.audiences(),
            exact.build(),
            profile.requiresExpiration() ? Set.of("exp") : Set.of(),
            Set.of());
    claims.setMaxClockSkew((int) profile.skew().toSeconds());
    return claims;
  }
}
