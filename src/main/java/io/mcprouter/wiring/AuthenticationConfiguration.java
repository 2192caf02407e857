package io.mcprouter.wiring;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.endpoint.ProvenConnections;
import io.mcprouter.identity.AccessTokens;
import io.mcprouter.identity.Administrators;
import io.mcprouter.identity.AuthenticatedCallers;
import io.mcprouter.identity.IssuerSettings;
import io.mcprouter.identity.LocalCallers;
import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.transport.spi.AddressPolicy;
import java.time.InstantSource;
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
  ProvenConnections provenConnections() {
    return new ProvenConnections();
  }

  /** Whoever started this program is its user. */
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
      ProvenConnections connections,
      CamelContext camel,
      ApiKeys apiKeys,
      Invalidations invalidations) {
    AuthenticationProperties wanted = properties.authentication();
    if (!wanted.isRequired()) {
      return new DataPlane.Authentication(local, List.of(), url, connections);
    }
    List<IssuerSettings> issuers = AuthenticationSettings.issuers(wanted);
    AuthenticatedCallers callers =
        new AuthenticatedCallers(
            AuthenticationSettings.proxy(wanted),
            wanted.apiKeys() ? new ApiKeyCheck(apiKeys) : null,
            issuers.isEmpty() ? null : new AccessTokens(issuers, fetch(camel), url),
            InstantSource.system(),
            Ticker.systemTicker());
    invalidations.onChange(new KeyRevocations(callers, connections));
    return new DataPlane.Authentication(
        callers, issuers.stream().map(IssuerSettings::issuer).toList(), url, connections);
  }

  private static IssuerFetch fetch(CamelContext camel) {
    return new IssuerFetch(new GuardedSender(camel, AddressPolicy.OPEN));
  }
}
