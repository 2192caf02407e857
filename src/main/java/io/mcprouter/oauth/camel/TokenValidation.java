package io.mcprouter.oauth.camel;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the check of a token found. */
public sealed interface TokenValidation {
  /**
   * A token that is good.
   *
   * @param subject whose it is; empty where it names nobody
   * @param scopes what it allows
   * @param claims all that it says
   */
  record Valid(String subject, Set<String> scopes, Map<String, Object> claims)
      implements TokenValidation {
    public Valid {
      scopes = Set.copyOf(scopes);
    }

    static Valid of(JWTClaimsSet claims) {
      Set<String> scopes = new LinkedHashSet<>();
      add(scopes, claims.getClaim("scope"));
      add(scopes, claims.getClaim("scp"));
      scopes.remove("");
      String subject = claims.getSubject();
      return new Valid(subject == null ? "" : subject, scopes, claims.getClaims());
    }

    private static void add(Set<String> scopes, @Nullable Object claim) {
      switch (claim) {
        case String text -> scopes.addAll(Arrays.asList(text.strip().split("\\s+")));
        case Collection<?> list -> list.forEach(item -> scopes.add(String.valueOf(item)));
        case null, default -> {}
      }
    }

    /** Names nobody: claims are personal data. */
    @Override
    public String toString() {
      return "Valid[token]";
    }
  }

  /**
   * A token that is not good.
   *
   * @param message why, for whoever sent it; without the token
   */
  record Invalid(String message) implements TokenValidation {}
}
