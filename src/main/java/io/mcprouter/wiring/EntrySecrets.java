package io.mcprouter.wiring;

import io.mcprouter.config.ApiKey;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.monitoring.Redaction;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.ServerChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Has logs searched for what stands in the administrator's entries as it is and may be a secret.
 */
record EntrySecrets(RouteInstaller routes, Redaction redaction) implements ServerChanges {
  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    routes.servers().all().stream()
        .map(RunningServer::definition)
        .flatMap(EntrySecrets::of)
        .forEach(redaction::keepIfSecret);
  }

  /** What may be a secret in an entry. */
  static Stream<String> of(ServerDefinition definition) {
    List<String> secrets = new ArrayList<>(definition.authorization().oauthHeaders().values());
    switch (definition.endpoint()) {
      case Endpoint.Remote remote -> secrets.addAll(remote.headers().values());
      case Endpoint.Stdio child -> secrets.addAll(child.env().values());
      case Endpoint.Routes none -> {}
    }
    ApiKey apiKey = definition.authorization().apiKey();
    if (apiKey != null && apiKey.key() != null) {
      secrets.add(apiKey.key());
    }
    OAuthSettings oauth = definition.authorization().oauth();
    if (oauth != null && oauth.clientSecret() != null) {
      secrets.add(oauth.clientSecret());
    }
    return secrets.stream();
  }
}
