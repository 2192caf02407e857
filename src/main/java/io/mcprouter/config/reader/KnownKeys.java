package io.mcprouter.config.reader;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key that the reader knows, by the object in which it stands. */
final class KnownKeys {
  /** At the top of the file; a librechat.yaml has many more, which are left alone. */
  static final Set<String> TOP = ordered("mcpServers", "mcpSettings", "toolsets");

  static final Set<String> STDIO = ordered("command", "args", "env", "cwd", "stderr");
  static final Set<String> REMOTE = ordered("url", "headers", "requestHeaders", "proxy", "obo");

  /** Other spellings of {@code type}, and a switch, that desktop clients write. */
  static final Set<String> DESKTOP = ordered("transport", "transportType", "disabled");

  static final Set<String> COMMON =
      ordered(
          "type",
          "title",
          "description",
          "startup",
          "iconPath",
          "chatMenu",
          "timeout",
          "initTimeout",
          "sseReadTimeout",
          "serverInstructions",
          "customUserVars",
          "requiresOAuth",
          "oauth",
          "oauth_headers",
          "apiKey",
          "oauthRefreshWaitTimeout",
          "oauthRefreshCoordination",
          "oauthPersistenceWaitTimeout",
          "router");

  static final Set<String> ENTRY =
      Stream.of(COMMON, STDIO, REMOTE, DESKTOP)
          .flatMap(Set::stream)
          .collect(Collectors.toCollection(LinkedHashSet::new));

  static final Set<String> USER_VARIABLE = ordered("title", "description", "sensitive");
  static final Set<String> API_KEY =
      ordered("source", "authorization_type", "key", "custom_header");
  static final Set<String> OBO = ordered("scopes");

  static final Set<String> OAUTH =
      ordered(
          "authorization_url",
          "token_url",
          "redirect_uri",
          "revocation_endpoint",
          "client_id",
          "client_secret",
          "scope",
          "token_exchange_method",
          "grant_types_supported",
          "token_endpoint_auth_methods_supported",
          "response_types_supported",
          "code_challenge_methods_supported",
          "revocation_endpoint_auth_methods_supported",
          "skip_code_challenge_check",
          "audience",
          "forward_audience_on_refresh",
          "send_resource_parameter");

  static final Set<String> ROUTER =
      ordered("shared", "template", "listWait", "maxTimeout", "tools", "access", "oauth");
  static final Set<String> ROUTER_OAUTH =
      ordered(
          "grant",
          "clientId",
          "clientSecret",
          "privateKey",
          "keyAlgorithm",
          "registrationToken",
          "scope",
          "identityProvider");
  static final Set<String> IDENTITY_PROVIDER = ordered("tokenUrl", "clientId", "clientSecret");
  static final Set<String> TOOLS = ordered("include", "exclude", "rename");
  static final Set<String> ACCESS = ordered("roles", "scopes", "tools");
  static final Set<String> REQUIREMENT = ordered("roles", "scopes");
  static final Set<String> TOOLSET = ordered("title", "description", "servers", "tools");
  static final Set<String> SETTINGS = ordered("allowedDomains", "allowedAddresses");

  private KnownKeys() {}

  private static Set<String> ordered(String... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }
}
