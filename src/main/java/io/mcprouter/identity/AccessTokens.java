package io.mcprouter.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.mcprouter.protocol.PresentedToken;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks access tokens (JWT, RFC 9068): the signature by a key of the issuer, the issuer, the
 * audience, the times.
 */
public final class AccessTokens implements CredentialCheck {
  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final Map<String, Issuer> issuers = new HashMap<>();
  private final Supplier<String> baseUrl;

  /**
   * @param baseUrl the URL of the router itself, known once it listens
   */
  public AccessTokens(
      Collection<IssuerSettings> issuers, JsonFetch fetch, Supplier<String> baseUrl) {
    this.baseUrl = baseUrl;
    issuers.forEach(settings -> this.issuers.put(settings.issuer(), Issuer.of(settings, fetch)));
  }

  @Override
  public Checked check(String token) throws Callers.Refused {
    SignedJWT signed;
    Issuer issuer;
    try {
      signed = SignedJWT.parse(token);
      issuer = issuers.get(String.valueOf(signed.getJWTClaimsSet().getIssuer()));
    } catch (ParseException e) {
      throw invalid("The token is no JWT.");
    }
    if (issuer == null) {
      throw invalid("The token's issuer is not known here.");
    }
    JWTClaimsSet claims = issuer.room.in(() -> verified(signed, issuer));
    return checked(token, claims, issuer.settings);
  }

  private static JWTClaimsSet verified(SignedJWT token, Issuer issuer) throws Callers.Refused {
    try {
      return issuer.processor.process(token, null);
    } catch (ExpiredJWTException e) {
      throw invalid("The token has expired.");
    } catch (BadJOSEException e) {
      LOG.debug("A token of {} is refused: {}", issuer.settings.issuer(), e.getMessage());
      throw invalid("The token's signature, type, issuer or times are wrong.");
    } catch (RateLimitReachedException e) {
      throw invalid("The token is signed by a key that the issuer has not published.");
    } catch (KeySourceException e) {
      LOG.warn("The keys of {} cannot be read: {}", issuer.settings.issuer(), e.getMessage());
      throw new Callers.Refused(
          Callers.Reason.UNAVAILABLE, "The token cannot be checked now: try again later.");
    } catch (JOSEException e) {
      LOG.debug("A token of {} cannot be checked", issuer.settings.issuer(), e);
      throw invalid("The token's signature cannot be checked.");
    }
  }

  private Checked checked(String token, JWTClaimsSet claims, IssuerSettings settings)
      throws Callers.Refused {
    Set<String> audiences = new HashSet<>(claims.getAudience());
    String base = baseUrl.get();
    boolean forRouter =
        audiences.contains(base)
            || audiences.contains(base + "/mcp")
            || settings.audiences().stream().anyMatch(audiences::contains);
    audiences.removeIf(audience -> !audience.startsWith(base + "/"));
    if (!forRouter && audiences.isEmpty()) {
      throw invalid("The token is for another audience than this router.");
    }
    Instant ends = claims.getExpirationTime().toInstant();
    PresentedToken presented = new PresentedToken(token, ends, settings.forwardsTokens());
    return new Checked(
        new TokenClaims(settings, claims).caller(presented),
        "",
        audiences,
        forRouter,
        ends.plus(SKEW));
  }

  static Callers.Refused invalid(String message) {
    return new Callers.Refused(Callers.Reason.INVALID, message);
  }

  private record Issuer(
      IssuerSettings settings, DefaultJWTProcessor<SecurityContext> processor, Room room) {
    static Issuer of(IssuerSettings settings, JsonFetch fetch) {
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSTypeVerifier(
          new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(settings.algorithms(), new IssuerKeys(settings, fetch)));
      DefaultJWTClaimsVerifier<SecurityContext> claims =
          new DefaultJWTClaimsVerifier<>(
              new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("exp", "aud"));
      claims.setMaxClockSkew((int) SKEW.toSeconds());
      processor.setJWTClaimsSetVerifier(claims);
      return new Issuer(settings, processor, new Room());
    }
  }
}
