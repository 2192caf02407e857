package io.mcprouter.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.SealedField;
import io.mcprouter.credential.Sealing;
import io.mcprouter.protocol.Caller;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * What a browser keeps between the start of a login and its end: who proved themselves in it, and a
 * secret that binds the login to it. Sealed by the router's own key, so nobody can make one.
 */
public final class LoginCookie {
  private static final SealedField PLACE = new SealedField("cookie", "", "", "", "login");
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int SECRET_BYTES = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sealing sealing;
  private final Clock clock;
  private final BooleanSupplier secure;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secure whether browsers reach the router by https
   */
  public LoginCookie(Sealing sealing, Clock clock, BooleanSupplier secure) {
    this.secure = secure;
    this.sealing = sealing;
    this.clock = clock;
  }

  /** A browser in which a user has proved themselves. */
  Browser browser(Caller caller) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new Browser(
        Owner.of(caller), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  ResponseCookie write(Browser browser) {
    Map<String, Object> content =
        Map.of(
            "tenant", browser.owner.tenant(),
            "user", browser.owner.user(),
            "secret", browser.secret,
            "until", clock.instant().plus(LIFETIME).getEpochSecond());
    try {
      byte[] sealed = sealing.seal(JSON.writeValueAsBytes(content), PLACE);
      return ResponseCookie.from(
              name(), Base64.getUrlEncoder().withoutPadding().encodeToString(sealed))
          .httpOnly(true)
          .secure(secure.getAsBoolean())
          .sameSite("Lax")
          .path("/")
          .maxAge(LIFETIME)
          .build();
    } catch (IOException e) {
      throw new IllegalStateException("texts and a number are JSON", e);
    }
  }

  /** The name of a cookie that no other host can set, where the browser comes by https. */
  String name() {
    return secure.getAsBoolean() ? "__Host-mcp-router-login" : "mcp-router-login";
  }

  /** The browser that a cookie names; null where it is none of ours, or too old. */
  @Nullable Browser read(@Nullable String cookie) {
    if (cookie == null) {
      return null;
    }
    try {
      byte[] content = sealing.unseal(Base64.getUrlDecoder().decode(cookie), PLACE);
      Map<?, ?> values = JSON.readValue(content, Map.class);
      Instant until = Instant.ofEpochSecond(((Number) values.get("until")).longValue());
      return clock.instant().isBefore(until)
          ? new Browser(
              new Owner((String) values.get("tenant"), (String) values.get("user")),
              (String) values.get("secret"))
          : null;
    } catch (IllegalArgumentException | Sealing.UnsealableException | IOException e) {
      return null;
    }
  }

  /**
   * A browser and its user.
   *
   * @param secret known to this browser alone
   */
  record Browser(Owner owner, String secret) {
    /** The user, as far as logins look at them. */
    Caller caller() {
      return new Caller(
          owner.tenant(), owner.user(), Map.of(), Set.of(), Set.of(), Caller.Source.LOCAL, null);
    }

    @Override
    public String toString() {
      return "Browser[hidden]";
    }
  }
}
