package io.mcprouter.config.reader;

import io.mcprouter.config.ApiKey;
import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.config.OAuthSettings.TokenExchangeMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how the router proves itself to a server. */
final class AuthorizationReader {
  private static final List<String> HTTP = List.of("http", "https");
  private static final List<String> URLS =
      List.of("authorization_url", "token_url", "redirect_uri", "revocation_endpoint");
  private static final List<String> TEXTS =
      List.of("client_id", "client_secret", "scope", "audience");
  private static final Duration LONGEST_REFRESH_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_PERSISTENCE_WAIT = Duration.ofMinutes(14);

  private final Fields entry;
  private final Templates templates;

  AuthorizationReader(Fields entry, Templates templates) {
    this.entry = entry;
    this.templates = templates;
  }

  Authorization read() {
    Fields oauth = entry.object("oauth", KnownKeys.OAUTH);
    Fields apiKey = entry.object("apiKey", KnownKeys.API_KEY);
    return new Authorization(
        entry.flag("requiresOAuth"),
        oauth == null ? null : oauth(oauth),
        new HeaderCheck(templates, entry.faults()).check(entry.textMap("oauth_headers")),
        apiKey == null ? null : apiKey(apiKey),
        refreshWait(),
        entry.flag("oauthRefreshCoordination", false),
        entry.milliseconds(
            "oauthPersistenceWaitTimeout", Authorization.DEFAULT_WAIT, LONGEST_PERSISTENCE_WAIT));
  }

  /** LibreChat takes a longer wait and shortens it; so does this, and says so. */
  private Duration refreshWait() {
    Duration wait =
        entry.milliseconds(
            "oauthRefreshWaitTimeout", Authorization.DEFAULT_WAIT, EntryReader.LONGEST);
    if (wait.compareTo(LONGEST_REFRESH_WAIT) <= 0) {
      return wait;
    }
    entry.warning("oauthRefreshWaitTimeout", "is shortened to 30000 ms, the longest wait there is");
    return LONGEST_REFRESH_WAIT;
  }

  private OAuthSettings oauth(Fields oauth) {
    checkTexts(oauth);
    checkSecret(oauth);
    return new OAuthSettings(
        oauth.text("authorization_url"),
        oauth.text("token_url"),
        oauth.text("redirect_uri"),
        oauth.text("revocation_endpoint"),
        oauth.text("client_id"),
        oauth.text("client_secret"),
        oauth.text("scope"),
        exchangeMethod(oauth),
        oauth.textList("grant_types_supported"),
        oauth.textList("token_endpoint_auth_methods_supported"),
        oauth.textList("response_types_supported"),
        oauth.textList("code_challenge_methods_supported"),
        oauth.textList("revocation_endpoint_auth_methods_supported"),
        oauth.flag("skip_code_challenge_check", false),
        oauth.text("audience"),
        oauth.flag("forward_audience_on_refresh", true),
        oauth.flag("send_resource_parameter", true));
  }

  private void checkTexts(Fields oauth) {
    UrlCheck urls = new UrlCheck(templates, oauth.faults());
    for (Fields.Item url : items(oauth, URLS)) {
      urls.check(url, HTTP);
    }
    items(oauth, TEXTS).forEach(templates::check);
    if (oauth.has("redirect_uri")) {
      oauth.warning("redirect_uri", "has no effect: the router always uses its own callback");
    }
  }

  /** The texts that are there; their types are checked where they are read. */
  private static List<Fields.Item> items(Fields fields, List<String> keys) {
    return fields.pairs().stream()
        .filter(pair -> keys.contains(pair.key()))
        .filter(
            pair -> pair.value() instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT)
        .map(
            pair ->
                new Fields.Item(
                    fields.path(pair.key()),
                    pair.value().at(),
                    ((Yaml.Scalar) pair.value()).text()))
        .toList();
  }

  private static void checkSecret(Fields oauth) {
    if (!oauth.has("client_secret")) {
      return;
    }
    List<String> missing =
        List.of("client_id", "authorization_url", "token_url").stream()
            .filter(key -> !oauth.has(key))
            .toList();
    if (!missing.isEmpty()) {
      oauth.error(
          "client_secret", "is of no use without " + String.join(" and ", missing) + "; add them");
    }
  }

  private static @Nullable TokenExchangeMethod exchangeMethod(Fields oauth) {
    return Choices.read(
        oauth,
        "token_exchange_method",
        Map.of(
            "default_post", TokenExchangeMethod.DEFAULT_POST,
            "basic_auth_header", TokenExchangeMethod.BASIC_AUTH_HEADER));
  }

  private @Nullable ApiKey apiKey(Fields apiKey) {
    ApiKey.Source source =
        Choices.required(
            apiKey, "source", Map.of("admin", ApiKey.Source.ADMIN, "user", ApiKey.Source.USER));
    ApiKey.AuthorizationType type =
        Choices.required(
            apiKey,
            "authorization_type",
            Map.of(
                "basic", ApiKey.AuthorizationType.BASIC,
                "bearer", ApiKey.AuthorizationType.BEARER,
                "custom", ApiKey.AuthorizationType.CUSTOM));
    String key = apiKey.text("key");
    items(apiKey, List.of("key")).forEach(templates::check);
    String header = apiKey.text("custom_header");
    if (header != null) {
      new HeaderCheck(templates, apiKey.faults())
          .isUsable(header, apiKey.valueAt("custom_header"), apiKey.path("custom_header"));
    }
    checkKey(apiKey, source, key);
    return source == null || type == null
        ? null
        : new ApiKey(source, type, key, header == null ? ApiKey.DEFAULT_HEADER : header);
  }

  private static void checkKey(
      Fields apiKey, ApiKey.@Nullable Source source, @Nullable String key) {
    if (source == ApiKey.Source.ADMIN && key == null) {
      apiKey.error(
          "source", "is admin, but there is no 'key'; add it, or let each user give theirs");
    }
    if (source == ApiKey.Source.USER && key != null) {
      apiKey.warning("key", "has no effect: with source user each user gives their own");
    }
  }
}
