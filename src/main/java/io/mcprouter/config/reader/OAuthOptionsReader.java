package io.mcprouter.config.reader;

import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthOptions.Grant;
import io.mcprouter.config.OAuthOptions.IdentityProvider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code router.oauth}, and LibreChat's {@code obo}, which is one of its grants. */
final class OAuthOptionsReader {
  private static final Map<String, Grant> GRANTS =
      Map.of(
          "authorization_code", Grant.AUTHORIZATION_CODE,
          "client_credentials", Grant.CLIENT_CREDENTIALS,
          "token_exchange", Grant.TOKEN_EXCHANGE,
          "on_behalf_of", Grant.ON_BEHALF_OF,
          "identity_assertion", Grant.IDENTITY_ASSERTION);
  private static final List<String> ADMINISTRATORS =
      List.of("clientId", "clientSecret", "privateKey", "registrationToken", "scope");

  private final Fields entry;
  private final Templates templates;

  OAuthOptionsReader(Fields entry, Templates templates) {
    this.entry = entry;
    this.templates = templates;
  }

  OAuthOptions read(@Nullable Fields router) {
    Fields written = router == null ? null : router.object("oauth", KnownKeys.ROUTER_OAUTH);
    Fields onBehalf = entry.object("obo", KnownKeys.OBO);
    if (written == null && onBehalf == null) {
      return OAuthOptions.NONE;
    }
    String scopes = onBehalf == null ? null : onBehalf.requiredText("scopes");
    return written == null
        ? new OAuthOptions(Grant.ON_BEHALF_OF, null, null, null, null, null, scopes, null)
        : options(written, onBehalf != null, scopes);
  }

  private OAuthOptions options(Fields oauth, boolean isOnBehalf, @Nullable String scopes) {
    ADMINISTRATORS.forEach(key -> check(oauth, key));
    Grant grant = Choices.read(oauth, "grant", GRANTS);
    if (isOnBehalf && grant != null && grant != Grant.ON_BEHALF_OF) {
      oauth.error("grant", "contradicts 'obo', which is the grant on_behalf_of; remove one");
    }
    Grant otherwise = isOnBehalf ? Grant.ON_BEHALF_OF : Grant.AUTHORIZATION_CODE;
    IdentityProvider provider = provider(oauth);
    if (grant == Grant.IDENTITY_ASSERTION && provider == null) {
      oauth.error("grant", "needs an 'identityProvider'; add it");
    }
    String scope = oauth.text("scope");
    return new OAuthOptions(
        grant == null ? otherwise : grant,
        oauth.text("clientId"),
        oauth.text("clientSecret"),
        oauth.text("privateKey"),
        oauth.text("keyAlgorithm"),
        oauth.text("registrationToken"),
        scope == null ? scopes : scope,
        provider);
  }

  private @Nullable IdentityProvider provider(Fields oauth) {
    Fields provider = oauth.object("identityProvider", KnownKeys.IDENTITY_PROVIDER);
    if (provider == null) {
      return null;
    }
    KnownKeys.IDENTITY_PROVIDER.forEach(key -> check(provider, key));
    String tokenUrl = provider.requiredText("tokenUrl");
    String clientId = provider.requiredText("clientId");
    return tokenUrl == null || clientId == null
        ? null
        : new IdentityProvider(tokenUrl, clientId, provider.text("clientSecret"));
  }

  /** The router's own rights must not depend on who calls. */
  private void check(Fields fields, String key) {
    fields.pairs().stream()
        .filter(pair -> pair.key().equals(key))
        .filter(
            pair -> pair.value() instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT)
        .map(
            pair ->
                new Fields.Item(
                    fields.path(key), pair.value().at(), ((Yaml.Scalar) pair.value()).text()))
        .forEach(templates::checkEnvironmentOnly);
  }
}
