package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.config.ServerName;
import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.oauth.OAuthObserver;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Carries the news of logins: to all nodes when a right changes, and to the catalog when a server
 * turns out to want a login, so that what it lists is each user's own from then on.
 */
final class LoginNews implements OAuthObserver, SessionObserver {
  private final Invalidations invalidations;
  private final ObjectProvider<Catalog> catalog;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  LoginNews(Invalidations invalidations, ObjectProvider<Catalog> catalog) {
    this.invalidations = invalidations;
    this.catalog = catalog;
  }

  @Override
  public void authorized(String tenant, String user, String server) {
    invalidations.publish(new Invalidation(Invalidation.Kind.OAUTH_TOKENS, tenant, user, server));
  }

  @Override
  public void revoked(String tenant, String user, String server) {
    invalidations.publish(new Invalidation(Invalidation.Kind.OAUTH_REVOKED, tenant, user, server));
  }

  @Override
  public void refused(String server, String user, McpFailure reason) {
    if (reason.kind() == McpFailure.Kind.LOGIN_REQUIRED
        && !ServerName.isOfUser(server) // which is its user's own anyway
        && known.add(server)) {
      catalog.getObject().becamePersonal(server);
    }
  }
}
