package io.mcprouter.routing.placeholder;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.protocol.Caller;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything of a server's authorization that may hold placeholders, compiled once. */
public final class AuthorizationTemplates {
  private final Authorization written;
  private final OAuthOptions options;
  private final Map<String, Template> texts = new HashMap<>();
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private final Set<String> variables = new TreeSet<>();

  private AuthorizationTemplates(Authorization written, OAuthOptions options) {
    this.written = written;
    this.options = options;
  }

  /**
   * Compiles a server's texts.
   *
   * @throws PlaceholderException if a variable of the environment is not set, or if a text is wrong
   */
  static AuthorizationTemplates compile(ServerDefinition server, TemplateCompiler compiler) {
    AuthorizationTemplates templates =
        new AuthorizationTemplates(server.authorization(), server.router().oauth());
    OAuthSettings oauth = server.authorization().oauth();
    if (oauth != null) {
      templates.add(compiler, "oauth.authorization_url", oauth.authorizationUrl(), Kind.URL);
      templates.add(compiler, "oauth.token_url", oauth.tokenUrl(), Kind.URL);
      templates.add(compiler, "oauth.revocation_endpoint", oauth.revocationEndpoint(), Kind.URL);
      templates.add(compiler, "oauth.client_id", oauth.clientId(), Kind.PLAIN);
      templates.add(compiler, "oauth.client_secret", oauth.clientSecret(), Kind.PLAIN);
      templates.add(compiler, "oauth.scope", oauth.scope(), Kind.PLAIN);
      templates.add(compiler, "oauth.audience", oauth.audience(), Kind.PLAIN);
    }
    templates.addOptions(compiler);
    server
        .authorization()
        .oauthHeaders()
        .forEach(
            (name, text) ->
                templates.headers.put(
                    name, compiler.compile("oauth_headers." + name, text, Kind.HEADER)));
    templates.texts.values().forEach(text -> templates.variables.addAll(text.needsVariables()));
    templates.headers.values().forEach(text -> templates.variables.addAll(text.needsVariables()));
    return templates;
  }

  private void addOptions(TemplateCompiler compiler) {
    add(compiler, "router.oauth.client_id", options.clientId(), Kind.PLAIN);
    add(compiler, "router.oauth.client_secret", options.clientSecret(), Kind.PLAIN);
    add(compiler, "router.oauth.private_key", options.privateKey(), Kind.ENV);
    add(compiler, "router.oauth.registration_token", options.registrationToken(), Kind.PLAIN);
    add(compiler, "router.oauth.scope", options.scope(), Kind.PLAIN);
    OAuthOptions.IdentityProvider provider = options.identityProvider();
    if (provider != null) {
      String path = "router.oauth.identity_provider.";
      add(compiler, path + "token_url", provider.tokenUrl(), Kind.URL);
      add(compiler, path + "client_id", provider.clientId(), Kind.PLAIN);
      add(compiler, path + "client_secret", provider.clientSecret(), Kind.PLAIN);
    }
  }

  private void add(TemplateCompiler compiler, String path, @Nullable String text, Kind kind) {
    if (text != null) {
      texts.put(path, compiler.compile(path, text, kind));
    }
  }

  /** The names of the user's own variables that are used. */
  public Set<String> needsVariables() {
    return variables;
  }

  /**
   * What the entry says, for a caller.
   *
   * @throws PlaceholderException as {@link ServerTemplates#resolve}
   */
  public ResolvedAuthorization resolve(Caller caller, Map<String, String> userVariables) {
    Map<String, String> values = new HashMap<>();
    texts.forEach((path, text) -> values.put(path, text.resolve(caller, userVariables)));
    Map<String, String> sent = new LinkedHashMap<>();
    headers.forEach((name, text) -> sent.put(name, text.resolve(caller, userVariables)));
    return new ResolvedAuthorization(authorization(values, sent), options(values));
  }

  private Authorization authorization(Map<String, String> values, Map<String, String> sent) {
    OAuthSettings oauth = written.oauth();
    return new Authorization(
        written.requiresOAuth(),
        oauth == null ? null : settings(oauth, values),
        sent,
        written.apiKey(),
        written.refreshWaitTimeout(),
        written.refreshCoordination(),
        written.persistenceWaitTimeout());
  }

  private static OAuthSettings settings(OAuthSettings oauth, Map<String, String> values) {
    return new OAuthSettings(
        values.get("oauth.authorization_url"),
        values.get("oauth.token_url"),
        oauth.redirectUri(),
        values.get("oauth.revocation_endpoint"),
        values.get("oauth.client_id"),
        values.get("oauth.client_secret"),
        values.get("oauth.scope"),
        oauth.tokenExchangeMethod(),
        oauth.grantTypesSupported(),
        oauth.tokenEndpointAuthMethodsSupported(),
        oauth.responseTypesSupported(),
        oauth.codeChallengeMethodsSupported(),
        oauth.revocationEndpointAuthMethodsSupported(),
        oauth.skipCodeChallengeCheck(),
        values.get("oauth.audience"),
        oauth.forwardAudienceOnRefresh(),
        oauth.sendResourceParameter());
  }

  private OAuthOptions options(Map<String, String> values) {
    OAuthOptions.IdentityProvider provider = options.identityProvider();
    String path = "router.oauth.identity_provider.";
    return new OAuthOptions(
        options.grant(),
        values.get("router.oauth.client_id"),
        values.get("router.oauth.client_secret"),
        values.get("router.oauth.private_key"),
        options.keyAlgorithm(),
        values.get("router.oauth.registration_token"),
        values.get("router.oauth.scope"),
        provider == null
            ? null
            : new OAuthOptions.IdentityProvider(
                values.getOrDefault(path + "token_url", provider.tokenUrl()),
                values.getOrDefault(path + "client_id", provider.clientId()),
                values.get(path + "client_secret")));
  }
}
