package io.mcprouter.identity;

import com.nimbusds.jwt.SignedJWT;
import io.mcprouter.config.UserField;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The headers that describe a user.
 *
 * @param fields the header of each documented user field
 * @param roles the header with the user's roles, separated by commas
 * @param tenant the header with the user's tenant; null where there is one tenant only
 * @param token the header with a token that the user's identity provider gave, for exchanging it;
 *     null where none is taken
 */
public record UserHeaders(
    Map<UserField, String> fields, String roles, @Nullable String tenant, @Nullable String token) {
  private static final String PREFIX = "X-MCP-User-";

  /** How LibreChat marks a value that is no ASCII text. */
  private static final String BASE64 = "b64:";

  private static final int MAX_LENGTH = 1024;
  private static final int MAX_TOKEN = 16 << 10;

  /** As much as the store keeps. */
  private static final int MAX_ID = 512;

  private static final int MAX_TENANT = 255;

  /** {@code X-MCP-User-Id}, {@code X-MCP-User-Email}, …, {@code -Roles}, {@code -Token}. */
  public static final UserHeaders DEFAULT =
      new UserHeaders(
          Arrays.stream(UserField.values())
              .collect(Collectors.toMap(field -> field, UserHeaders::name)),
          PREFIX + "Roles",
          null,
          PREFIX + "Token");

  public UserHeaders {
    fields = new EnumMap<>(fields);
    if (!fields.containsKey(UserField.ID)) {
      throw new IllegalArgumentException("a header must name the user's id");
    }
  }

  private static String name(UserField field) {
    return PREFIX
        + field.text().substring(0, 1).toUpperCase(Locale.ROOT)
        + field.text().substring(1);
  }

  /** The header that names the user. */
  public String id() {
    return fields.getOrDefault(UserField.ID, "");
  }

  Caller read(CallerRequest request, Caller.Source source) throws Callers.Refused {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<UserField, String> field : fields.entrySet()) {
      String value = value(request, field.getValue());
      if (value != null) {
        values.put(field.getKey().text(), value);
      }
    }
    String id = values.remove(UserField.ID.text());
    if (id != null && isUnfilled(id)) {
      throw new Callers.Refused(
          Callers.Reason.INVALID,
          "The header " + id() + " holds a placeholder that nobody filled in: name the user.");
    }
    values.values().removeIf(UserHeaders::isUnfilled);
    if (id == null || id.isBlank()) {
      throw new Callers.Refused(
          Callers.Reason.INVALID, "The header " + id() + " is missing or empty: name the user.");
    }
    if (id.length() > MAX_ID) {
      throw malformed(id(), "is longer than " + MAX_ID + " characters");
    }
    String tenant = this.tenant == null ? null : value(request, this.tenant);
    if (tenant != null && tenant.length() > MAX_TENANT) {
      throw malformed(String.valueOf(this.tenant), "is longer than " + MAX_TENANT + " characters");
    }
    return new Caller(
        tenant == null ? "" : tenant,
        id.strip(),
        values,
        roles(request, values.get(UserField.ROLE.text())),
        Set.of(),
        source,
        presented(request));
  }

  /** What the user's identity provider gave them, as far as whoever names the user brings it. */
  private @Nullable PresentedToken presented(CallerRequest request) throws Callers.Refused {
    String value = token == null ? null : request.header(token);
    if (value == null || value.isBlank() || isUnfilled(value)) {
      return null;
    }
    if (value.length() > MAX_TOKEN) {
      throw malformed(String.valueOf(token), "is longer than " + MAX_TOKEN + " characters");
    }
    return new PresentedToken(value, () -> end(value), false);
  }

  /** When a token says that it ends: its issuer will be asked, so nobody has to be believed. */
  private static Instant end(String token) {
    try {
      Date end = SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime();
      return end == null ? Instant.MAX : end.toInstant();
    } catch (ParseException opaque) {
      return Instant.MAX;
    }
  }

  /** LibreChat sends a placeholder as it is where it has no value for it. */
  private static boolean isUnfilled(String value) {
    return value.startsWith("{{") && value.endsWith("}}");
  }

  private Set<String> roles(CallerRequest request, @Nullable String role) throws Callers.Refused {
    Set<String> named = new LinkedHashSet<>();
    if (role != null) {
      named.add(role);
    }
    String list = value(request, roles);
    if (list != null && !isUnfilled(list)) {
      Arrays.stream(list.split(",")).map(String::strip).forEach(named::add);
    }
    named.remove("");
    return named;
  }

  private static @Nullable String value(CallerRequest request, String header)
      throws Callers.Refused {
    String value = request.header(header);
    if (value == null) {
      return null;
    }
    if (value.length() > MAX_LENGTH) {
      throw malformed(header, "is longer than " + MAX_LENGTH + " characters");
    }
    String text = value.startsWith(BASE64) ? decoded(header, value) : value;
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw malformed(header, "holds a control character");
    }
    return text;
  }

  private static String decoded(String header, String value) throws Callers.Refused {
    try {
      byte[] bytes = Base64.getDecoder().decode(value.substring(BASE64.length()));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(header, "begins with '" + BASE64 + "' and is no Base64");
    }
  }

  private static Callers.Refused malformed(String header, String what) {
    return new Callers.Refused(Callers.Reason.MALFORMED, "The header " + header + " " + what + ".");
  }
}
