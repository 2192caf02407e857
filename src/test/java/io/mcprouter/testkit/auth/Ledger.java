package io.mcprouter.testkit.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Codes and tokens of a scripted authorization server: which are good, used, revoked. */
final class Ledger {
  /** What a code stands for, and what its holder must show. */
  record Code(Grant grant, String redirectUri, String challenge) {}

  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Code> usedCodes = new HashMap<>();
  private final Map<String, Grant> refreshTokens = new HashMap<>();
  private final Map<String, Grant> usedRefreshTokens = new HashMap<>();
  private final Map<String, IssuedToken> accessTokens = new HashMap<>();
  private final Set<String> endedFamilies = new HashSet<>();
  private final List<IssuedToken> issued = new ArrayList<>();

  synchronized String code(Code code) {
    String value = random("code");
    codes.put(value, code);
    return value;
  }

  /** Takes a code; one that comes twice ends what came of it. */
  synchronized Code redeemed(String value) {
    Code used = usedCodes.get(value);
    if (used != null) {
      end(used.grant().family());
    }
    Code code = codes.remove(value);
    Refusal.unless(code != null, "invalid_grant", "the code is unknown or was used");
    usedCodes.put(value, code);
    return code;
  }

  synchronized void access(String value, IssuedToken token) {
    accessTokens.put(value, token);
    issued.add(token);
  }

  synchronized String refreshToken(Grant grant) {
    String value = random("refresh");
    refreshTokens.put(value, grant);
    return value;
  }

  /** The grant of a refresh token, which is used up by this where the server rotates. */
  synchronized Grant refreshed(String value, String clientId, Script script) {
    Grant used = usedRefreshTokens.get(value);
    if (used != null && script.has(Feature.REUSE_DETECTION)) {
      end(used.family());
    }
    Grant grant = refreshTokens.get(value);
    Refusal.unless(grant != null, "invalid_grant", "the refresh token is unknown, used or revoked");
    Refusal.unless(
        grant.clientId().equals(clientId), "invalid_grant", "the token is another client's");
    if (script.has(Feature.ROTATION)) {
      refreshTokens.remove(value);
      usedRefreshTokens.put(value, grant);
    }
    return grant;
  }

  /** Ends a grant with all tokens that came from it. */
  synchronized void end(String family) {
    endedFamilies.add(family);
    refreshTokens.values().removeIf(grant -> grant.family().equals(family));
    accessTokens.values().removeIf(token -> token.family().equals(family));
  }

  /** RFC 7009: a refresh token takes its grant along, an access token goes alone. */
  synchronized void revoke(String value) {
    Grant grant = refreshTokens.get(value);
    if (grant != null) {
      end(grant.family());
    }
    accessTokens.remove(value);
  }

  synchronized void endAll() {
    issued.forEach(token -> end(token.family()));
  }

  synchronized void dropAccessTokens() {
    accessTokens.clear();
  }

  /** A token that may be used now, null for any other. */
  synchronized @Nullable IssuedToken valid(String value) {
    IssuedToken token = accessTokens.get(value);
    return token == null || token.expiry().isBefore(Instant.now()) ? null : token;
  }

  synchronized List<IssuedToken> issued() {
    return List.copyOf(issued);
  }

  synchronized boolean hasEnded(String family) {
    return endedFamilies.contains(Objects.requireNonNull(family));
  }

  static String random(String kind) {
    return kind + "-" + UUID.randomUUID();
  }
}
