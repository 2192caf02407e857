package io.mcprouter.wiring;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import io.mcprouter.catalog.Catalog;
import io.mcprouter.config.ServerName;
import io.mcprouter.console.LastFailures;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.monitoring.Redaction;
import io.mcprouter.oauth.GuardedSender;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.oauth.OAuthPlaces;
import io.mcprouter.oauth.OAuthTarget;
import io.mcprouter.oauth.OAuthTargets;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.session.Sessions;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.Destination;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Authorization towards servers. */
@Configuration(proxyBeanMethods = false)
class OAuthConfiguration {
  @Bean
  LastFailures lastFailures() {
    return new LastFailures();
  }

  @Bean
  LoginNews loginNews(Invalidations invalidations, ObjectProvider<Catalog> catalog) {
    return new LoginNews(invalidations, catalog);
  }

  @Bean
  UserChanges userChanges(
      ObjectProvider<Sessions> sessions,
      ObjectProvider<Catalog> catalog,
      ObjectProvider<OAuth> oauth,
      ObjectProvider<RouteInstaller> routes,
      LastFailures failures,
      Invalidations invalidations) {
    UserChanges changes = new UserChanges(sessions, catalog, oauth, routes, failures);
    invalidations.onChange(changes);
    return changes;
  }

  @Bean
  EntrySecrets entrySecrets(RouteInstaller routes, Redaction redaction) {
    EntrySecrets secrets = new EntrySecrets(routes, redaction);
    routes.onChange(secrets);
    return secrets;
  }

  @Bean
  EntryLogins entryLogins(RouteInstaller routes, OAuth oauth) {
    EntryLogins logins = new EntryLogins(oauth);
    routes.onChange(logins);
    return logins;
  }

  /** To authorization servers that servers name. */
  @Bean(destroyMethod = "close")
  GuardedSender senderForServers(CamelContext camel, CurrentAddressPolicy addresses) {
    return new GuardedSender(camel, addresses.forUserServers());
  }

  /**
   * To authorization servers of servers whose own address is a private literal in the
   * administrator's file: what such a server names may be as near as it is itself.
   */
  @Bean(destroyMethod = "close")
  GuardedSender senderForLocalServers(CamelContext camel, CurrentAddressPolicy addresses) {
    return new GuardedSender(camel, addresses);
  }

  @Bean
  RouterOAuthTargets oauthTargets(RouteInstaller routes, UserVariables variables) {
    return new RouterOAuthTargets(routes, variables);
  }

  @Bean
  OAuth oauth(
      McpRouterProperties properties,
      Store store,
      Sealing sealing,
      GuardedSender senderForServers,
      GuardedSender senderForLocalServers,
      CurrentAddressPolicy addresses,
      ControlPlaneUrl controlPlane,
      ObjectProvider<RouterOAuthTargets> targets,
      LoginNews news,
      Clock clock) {
    Function<OAuthTarget, HTTPRequestSender> senders =
        target -> isLocalLiteral(addresses, target) ? senderForLocalServers : senderForServers;
    return new OAuth(
        store,
        sealing,
        senders,
        new OAuthPlaces(controlPlane, properties.oauth().clientDocument()),
        new LaterTargets(targets),
        news,
        clock);
  }

  /** The routes need the rights, which need the targets, which need the routes. */
  private record LaterTargets(ObjectProvider<RouterOAuthTargets> targets) implements OAuthTargets {
    @Override
    public OAuthTarget target(Caller caller, String server) throws McpFailure {
      return targets.getObject().target(caller, server);
    }

    @Override
    public void requireServer(Caller caller, String server) throws McpFailure {
      targets.getObject().requireServer(caller, server);
    }
  }

  private static boolean isLocalLiteral(CurrentAddressPolicy addresses, OAuthTarget target) {
    return !ServerName.isOfUser(target.server())
        && addresses.judge(Destination.of(target.url()))
            instanceof AddressPolicy.Ruling.Allowed allowed
        && allowed.isPrivate();
  }

  @Bean
  ControlPlaneUrl controlPlaneUrl(McpRouterProperties properties, ApplicationContext context) {
    return new ControlPlaneUrl(properties, context);
  }

  @Bean
  RouterRights rights(RouteInstaller routes, RouterOAuthTargets targets, OAuth oauth) {
    return new RouterRights(routes, targets, oauth);
  }
}
