package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.routing.ServerChanges;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The sessions of a server end when its entry is edited, and with them what clients had subscribed
 * to: they are subscribed again by its new route, and told to read anew what they may have missed.
 */
public final class Resubscription implements ServerChanges {
  private static final byte[] ANY_ID = JsonText.number(1);

  private final ClientSessions sessions;
  private final Catalog catalog;
  private final ServerCalls servers;

  public Resubscription(ClientSessions sessions, Catalog catalog, ServerCalls servers) {
    this.sessions = sessions;
    this.catalog = catalog;
    this.servers = servers;
  }

  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    if (added.isEmpty() && changed.isEmpty()) {
      return;
    }
    for (ClientSession session : sessions.all()) {
      for (String uri : session.subscriptions()) {
        catalog.resource(
            session.view(),
            session.caller(),
            uri,
            server -> {
              if (server != null && (changed.contains(server) || added.contains(server))) {
                subscribe(session, server, uri);
              }
            });
      }
    }
  }

  private void subscribe(ClientSession session, String server, String uri) {
    byte[] params = Messages.join("{\"uri\":", JsonText.quoted(uri), "}");
    session.servers().add(server);
    servers.send(
        server,
        request(params),
        ClientCalls.quiet(session),
        (reply, failure) -> {
          if (reply != null && reply.kind() == Frame.Kind.RESULT) {
            session.push(Messages.notification(Methods.RESOURCE_UPDATED, params));
          }
        });
  }

  private static Frame request(byte[] params) {
    byte[] message = Messages.request(ANY_ID, Methods.RESOURCES_SUBSCRIBE, params);
    return Frame.of(new String(message, StandardCharsets.UTF_8));
  }
}
