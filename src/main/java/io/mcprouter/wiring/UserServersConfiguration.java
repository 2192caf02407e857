package io.mcprouter.wiring;

import io.mcprouter.config.ServerName;
import io.mcprouter.config.UserEntry;
import io.mcprouter.config.reader.UserEntryReader;
import io.mcprouter.console.AddedServers;
import io.mcprouter.console.LastFailures;
import io.mcprouter.console.Statuses;
import io.mcprouter.console.UserServersApi;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.UserServers;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.monitoring.Redaction;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.session.Sessions;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Servers that users add for themselves. */
@Configuration(proxyBeanMethods = false)
class UserServersConfiguration {
  @Bean
  UserServersUpkeep userServersUpkeep(
      McpRouterProperties properties,
      UserServers servers,
      RouteInstaller routes,
      ObjectProvider<Sessions> sessions,
      ObjectProvider<OAuth> oauth,
      LastFailures failures,
      Invalidations invalidations,
      Redaction redaction) {
    UserServersUpkeep upkeep =
        new UserServersUpkeep(routes, sessions, oauth, failures, properties.sessions().idle());
    if (Settings.checked(properties.userServers()).enabled()) {
      routes.serveUsers(
          (tenant, user) -> entries(servers, new Owner(tenant, user), redaction),
          properties.userServers().maxRunning(),
          upkeep::hasSession);
      invalidations.onChange(upkeep);
      upkeep.start();
    }
    return upkeep;
  }

  private static List<UserEntry> entries(UserServers servers, Owner owner, Redaction redaction) {
    List<UserServers.Entry> stored = servers.of(owner);
    String digest = stored.isEmpty() ? "" : owner.digest();
    List<UserEntry> entries = stored.stream().map(entry -> entry(entry, digest)).toList();
    entries.stream()
        .map(UserEntry::definition)
        .filter(Objects::nonNull)
        .flatMap(EntrySecrets::of)
        .forEach(redaction::remember);
    return entries;
  }

  private static UserEntry entry(UserServers.Entry stored, String owner) {
    String name = stored.name();
    String json = stored.json();
    return json == null
        ? UserEntry.unusable(name, List.of("the entry cannot be opened any more; send it again"))
        : UserEntryReader.read(name, ServerName.ofUser(name, owner), json);
  }

  @Bean
  @ConditionalOnWebApplication
  UserServersApi userServersApi(
      McpRouterProperties properties,
      UserServers servers,
      RouteInstaller routes,
      CurrentAddressPolicy addresses,
      UserVariables variables,
      OAuth oauth,
      Statuses statuses) {
    AddedServers added =
        new AddedServers(
            servers,
            routes,
            addresses.forUserServers(),
            variables,
            oauth,
            properties.userServers().maxPerUser());
    return new UserServersApi(properties.userServers().enabled() ? added : null, statuses);
  }
}
