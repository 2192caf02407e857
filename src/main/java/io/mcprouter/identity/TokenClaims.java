package io.mcprouter.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a token's claims say of its user. */
record TokenClaims(IssuerSettings settings, JWTClaimsSet claims) {
  /** As much as the store keeps. */
  private static final int MAX_ID = 512;

  Caller caller(@Nullable PresentedToken token) throws Callers.Refused {
    String id = text(value(settings.claims().id()));
    if (id == null
        || id.isBlank()
        || id.length() > MAX_ID
        || id.chars().anyMatch(Character::isISOControl)) {
      throw AccessTokens.invalid(
          "The token names no user: its claim " + settings.claims().id() + " is missing or no id.");
    }
    Map<String, String> fields = new HashMap<>();
    settings
        .claims()
        .fields()
        .forEach(
            (field, claim) -> {
              String value = text(value(claim));
              if (value != null) {
                fields.put(field.text(), value);
              }
            });
    Set<String> scopes = words(value("scope"));
    scopes.addAll(words(value("scp")));
    return new Caller(
        settings.tenant(),
        id,
        fields,
        words(value(settings.claims().roles())),
        scopes,
        Caller.Source.JWT,
        token);
  }

  /** A claim by its name, or by the path to it. */
  private @Nullable Object value(String path) {
    Object direct = claims.getClaim(path);
    if (direct != null) {
      return direct;
    }
    Object value = claims.getClaims();
    for (String step : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return value;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }

  private static Set<String> words(@Nullable Object value) {
    Set<String> words = new LinkedHashSet<>();
    if (value instanceof String text) {
      words.addAll(Arrays.asList(text.strip().split("\\s+")));
    } else if (value instanceof Collection<?> list) {
      list.forEach(item -> words.add(String.valueOf(item)));
    }
    words.remove("");
    return words;
  }
}
