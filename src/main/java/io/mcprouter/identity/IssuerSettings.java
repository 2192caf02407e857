package io.mcprouter.identity;

import com.nimbusds.jose.JWSAlgorithm;
import io.mcprouter.config.UserField;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server whose access tokens the router takes.
 *
 * @param issuer exactly the {@code iss} of its tokens
 * @param keys its JWK set; found by its metadata where null
 * @param audiences what {@code aud} may hold besides the router's own URLs
 * @param algorithms the signatures that are taken; never {@code none}, never one with a shared key
 * @param tenant whose users its subjects are
 * @param claims which claims say what of a user
 * @param forwardsTokens whether a server whose entry asks for a caller's token may see it
 */
public record IssuerSettings(
    String issuer,
    @Nullable URI keys,
    Set<String> audiences,
    Set<JWSAlgorithm> algorithms,
    String tenant,
    Claims claims,
    boolean forwardsTokens) {
  public static final Set<JWSAlgorithm> DEFAULT_ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  /** An issuer whose tokens are for the router alone. */
  public IssuerSettings(
      String issuer,
      @Nullable URI keys,
      Set<String> audiences,
      Set<JWSAlgorithm> algorithms,
      String tenant,
      Claims claims) {
    this(issuer, keys, audiences, algorithms, tenant, claims, false);
  }

  public IssuerSettings {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || algorithms.stream().anyMatch(IssuerSettings::isSymmetric)) {
      throw new IllegalArgumentException("only signatures with a public key are taken");
    }
  }

  private static boolean isSymmetric(JWSAlgorithm algorithm) {
    return !JWSAlgorithm.Family.SIGNATURE.contains(algorithm);
  }

  /**
   * The names of claims; a dot leads into an object ({@code realm_access.roles}).
   *
   * @param id the user's id
   * @param roles the user's roles, a list or a text with blanks between them
   * @param fields the documented user fields
   */
  public record Claims(String id, String roles, Map<UserField, String> fields) {
    public static final Claims DEFAULT =
        new Claims(
            "sub",
            "roles",
            Map.of(
                UserField.NAME, "name",
                UserField.USERNAME, "preferred_username",
                UserField.EMAIL, "email",
                UserField.EMAIL_VERIFIED, "email_verified",
                UserField.OPENID_ID, "sub"));

    public Claims {
      fields = Map.copyOf(fields);
    }
  }
}
