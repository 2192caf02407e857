package io.mcprouter.wiring;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.console.UserLogins;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.endpoint.ProvenConnections;
import io.mcprouter.identity.AccessTokens;
import io.mcprouter.identity.Administrators;
import io.mcprouter.identity.AuthenticatedCallers;
import io.mcprouter.identity.IssuerSettings;
import io.mcprouter.identity.LocalCallers;
import io.mcprouter.identity.OpenIdLogin;
import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.guard.Approvals;
import io.mcprouter.transport.spi.AddressPolicy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is calling. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {
  @Bean
  RouterUrl routerUrl(McpRouterProperties properties, ObjectProvider<DataPlane> dataPlane) {
    return new RouterUrl(properties, dataPlane);
  }

  @Bean
  Administrators administrators(McpRouterProperties properties) {
    return new Administrators(!properties.authentication().isRequired(), properties.adminRoles());
  }

  @Bean
  Disclosure disclosure(Administrators administrators) {
    return new Disclosure(administrators::includes);
  }

  @Bean
  LocalCallers localCallers(McpRouterProperties properties) {
    Map<String, String> fields = properties.localUser().fields();
    String role = fields.get("role");
    return new LocalCallers(
        new Caller(
            "",
            properties.localUser().id(),
            fields,
            role == null ? Set.of() : Set.of(role),
            Set.of(),
            Caller.Source.LOCAL,
            null));
  }

  @Bean
  DataPlane.Authentication authentication(
      McpRouterProperties properties,
      LocalCallers local,
      RouterUrl url,
      GuardedSender senderForIssuers,
      ApiKeys apiKeys,
      Invalidations invalidations,
      Approvals approvals) {
    AuthenticationProperties wanted = properties.authentication();
    if (!wanted.isRequired()) {
      return new DataPlane.Authentication(
          local, List.of(), url, new ProvenConnections(proof -> true));
    }
    List<IssuerSettings> issuers = AuthenticationSettings.issuers(wanted);
    AuthenticatedCallers callers =
        new AuthenticatedCallers(
            AuthenticationSettings.proxy(wanted),
            wanted.apiKeys() ? new ApiKeyCheck(apiKeys) : null,
            issuers.isEmpty() ? null : new AccessTokens(issuers, senderForIssuers::document, url),
            InstantSource.system(),
            Ticker.systemTicker());
    ProvenConnections connections = new ProvenConnections(callers::holds);
    invalidations.onChange(new KeyRevocations(callers, connections, approvals));
    return new DataPlane.Authentication(
        callers, issuers.stream().map(IssuerSettings::issuer).toList(), url, connections);
  }

  /** To issuers, whose addresses are the administrator's own. */
  @Bean(destroyMethod = "close")
  GuardedSender senderForIssuers(CamelContext camel) {
    return new GuardedSender(camel, AddressPolicy.OPEN);
  }

  @Bean
  UserLogins userLogins(McpRouterProperties properties, GuardedSender senderForIssuers) {
    Map<String, OpenIdLogin> logins = new LinkedHashMap<>();
    AuthenticationSettings.logins(properties.authentication())
        .forEach(
            (name, login) ->
                logins.put(
                    name,
                    new OpenIdLogin(
                        login.issuer(),
                        login.client(),
                        senderForIssuers::document,
                        senderForIssuers)));
    return new UserLogins(logins);
  }
}
