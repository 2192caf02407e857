package io.mcprouter.wiring;

import com.nimbusds.jose.JWSAlgorithm;
import io.mcprouter.config.UserField;
import io.mcprouter.identity.AddressRange;
import io.mcprouter.identity.IssuerSettings;
import io.mcprouter.identity.OpenIdLogin;
import io.mcprouter.identity.TrustedProxy;
import io.mcprouter.identity.UserHeaders;
import io.mcprouter.wiring.AuthenticationProperties.Issuer;
import io.mcprouter.wiring.AuthenticationProperties.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The authentication properties, checked, in the form that each part takes. */
final class AuthenticationSettings {
  private static final String KEY = "authentication.";
  private static final int SHORTEST_SECRET = 32;

  private AuthenticationSettings() {}

  static List<IssuerSettings> issuers(AuthenticationProperties properties) {
    boolean several = properties.issuers().size() > 1;
    Set<String> seen = new HashSet<>();
    properties
        .issuers()
        .forEach(
            (name, issuer) -> {
              String key = KEY + "issuers." + name;
              check(key, issuer, several);
              if (!seen.add(issuer.issuer())) {
                throw CannotStartException.wrongSetting(
                    key + ".issuer", "stands twice: " + issuer.issuer());
              }
            });
    return properties.issuers().entrySet().stream()
        .map(entry -> issuer(KEY + "issuers." + entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The issuers at which users can log in with a browser. */
  static Map<String, BrowserLogin> logins(AuthenticationProperties properties) {
    Map<String, BrowserLogin> logins = new TreeMap<>();
    properties
        .issuers()
        .forEach(
            (name, issuer) -> {
              if (issuer.login() != null) {
                logins.put(
                    name,
                    new BrowserLogin(
                        issuer(KEY + "issuers." + name, issuer),
                        new OpenIdLogin.Client(
                            required(issuer.login().clientId()),
                            issuer.login().clientSecret(),
                            issuer.login().scopes())));
              }
            });
    return logins;
  }

  /** An issuer, and the router as its client. */
  record BrowserLogin(IssuerSettings issuer, OpenIdLogin.Client client) {}

  private static void check(String key, Issuer issuer, boolean several) {
    if (issuer.issuer() == null || !isUrl(issuer.issuer())) {
      throw CannotStartException.wrongSetting(
          key + ".issuer", "must be there, and an https URL (http on loopback)");
    }
    if (issuer.login() != null && issuer.login().clientId() == null) {
      throw CannotStartException.wrongSetting(
          key + ".login.client-id", "must be there: the router's id at the issuer");
    }
    if (several && issuer.tenant() == null) {
      throw CannotStartException.wrongSetting(
          key + ".tenant",
          "must be set where there are several issuers: the same name at two issuers may be two"
              + " people. Issuers that share their users share a tenant");
    }
  }

  /** What was checked before. */
  private static String required(@Nullable String text) {
    return Objects.requireNonNull(text, "checked at start");
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return "https".equals(uri.getScheme())
          || ("http".equals(uri.getScheme())
              && Set.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static IssuerSettings issuer(String key, Issuer issuer) {
    Map<UserField, String> fields = new EnumMap<>(IssuerSettings.Claims.DEFAULT.fields());
    fields.putAll(fields(key + ".claims", issuer.claims()));
    Set<JWSAlgorithm> algorithms =
        issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    try {
      return new IssuerSettings(
          required(issuer.issuer()),
          issuer.jwksUri(),
          issuer.audiences(),
          algorithms,
          issuer.tenant() == null ? "" : issuer.tenant(),
          new IssuerSettings.Claims(issuer.userIdClaim(), issuer.rolesClaim(), fields),
          issuer.forwardToken());
    } catch (IllegalArgumentException e) {
      throw CannotStartException.wrongSetting(
          key + ".algorithms", "must name signatures with a public key, such as RS256 or ES256");
    }
  }

  private static Map<UserField, String> fields(String key, Map<String, String> named) {
    Map<UserField, String> fields = new EnumMap<>(UserField.class);
    named.forEach((name, value) -> fields.put(field(key, name), value));
    return fields;
  }

  private static UserField field(String key, String name) {
    String wanted = name.replace("-", "");
    return Arrays.stream(UserField.values())
        .filter(field -> field.text().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                CannotStartException.wrongSetting(
                    key, "'" + name + "' is no documented user field, such as email or username"));
  }

  static @Nullable TrustedProxy proxy(AuthenticationProperties properties) {
    Proxy proxy = properties.proxy();
    if (proxy == null) {
      return null;
    }
    String secret = proxy.secret();
    if (secret != null && secret.length() < SHORTEST_SECRET) {
      throw CannotStartException.wrongSetting(
          KEY + "proxy.secret", "must have at least " + SHORTEST_SECRET + " characters");
    }
    if (secret == null && proxy.certificateSubject() == null) {
      throw CannotStartException.wrongSetting(
          KEY + "proxy",
          "needs a secret or a certificate-subject by which the proxy proves itself");
    }
    if (proxy.addresses().isEmpty()) {
      throw CannotStartException.wrongSetting(
          KEY + "proxy.addresses", "must name where the proxy connects from, such as 127.0.0.1");
    }
    Map<UserField, String> headers = new EnumMap<>(UserHeaders.DEFAULT.fields());
    headers.putAll(fields(KEY + "proxy.headers", proxy.headers()));
    return new TrustedProxy(
        secret,
        proxy.secretHeader(),
        proxy.certificateSubject(),
        proxy.addresses().stream().map(AuthenticationSettings::range).toList(),
        new UserHeaders(headers, proxy.rolesHeader(), proxy.tenantHeader(), proxy.tokenHeader()));
  }

  private static AddressRange range(String text) {
    try {
      return AddressRange.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw CannotStartException.wrongSetting(
          KEY + "proxy.addresses", "'" + text + "' is no address or range");
    }
  }
}
