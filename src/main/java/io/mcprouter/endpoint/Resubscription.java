package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.OwnMessages;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.routing.ServerChanges;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a server end when its entry is edited, and with them what clients had subscribed
 * to: they are subscribed again by its new route, and told to read anew what they may have missed.
 * A server that cannot be reached yet is asked again for as long as the client wants the resource.
 */
public final class Resubscription implements ServerChanges {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final ClientSessions sessions;
  private final Catalog catalog;
  private final ServerCalls servers;

  public Resubscription(
      Vertx vertx, ClientSessions sessions, Catalog catalog, ServerCalls servers) {
    this.vertx = vertx;
    this.sessions = sessions;
    this.catalog = catalog;
    this.servers = servers;
  }

  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    subscribeAgain(sessions.all().stream(), added, changed);
  }

  /** Nobody else subscribed to anything of theirs, so that nobody else's sessions are looked at. */
  @Override
  public void changed(String user, Set<String> added, Set<String> changed, Set<String> removed) {
    Stream<ClientSession> theirs =
        sessions.all().stream().filter(session -> session.caller().key().equals(user));
    subscribeAgain(theirs, added, changed);
  }

  private void subscribeAgain(
      Stream<ClientSession> concerned, Set<String> added, Set<String> changed) {
    if (!added.isEmpty() || !changed.isEmpty()) {
      concerned.forEach(
          session -> session.subscriptions().forEach(uri -> find(session, uri, added, changed)));
    }
  }

  private void find(ClientSession session, String uri, Set<String> added, Set<String> changed) {
    catalog.resource(
        session.view(),
        session.caller(),
        uri,
        server -> {
          if (server != null && (changed.contains(server) || added.contains(server))) {
            subscribe(new Wish(session, server, uri), FIRST_PAUSE);
          }
        });
  }

  private void subscribe(Wish wish, Duration pause) {
    if (!wish.isStillThere() || servers.servers().find(wish.server) == null) {
      return;
    }
    wish.session.servers().add(wish.server);
    servers.send(
        wish.server,
        OwnMessages.subscribe(wish.uri),
        ClientCalls.quiet(wish.session),
        (reply, failure) -> answered(wish, reply, pause));
  }

  private void answered(Wish wish, @Nullable Frame reply, Duration pause) {
    if (!wish.isStillThere()) {
      takeBack(wish);
    } else if (reply == null) {
      Duration next = pause.multipliedBy(2);
      vertx.setTimer(
          pause.toMillis(),
          timer -> subscribe(wish, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
    } else if (reply.kind() == Frame.Kind.RESULT) {
      wish.session.push(OwnMessages.updated(wish.uri).bytes());
    }
  }

  /** The client went, or wants it no more, while the server was asked. */
  private void takeBack(Wish wish) {
    if (wish.session.isClosed()) {
      sessions.tellGone(wish.session);
    } else {
      servers.send(
          wish.server,
          OwnMessages.unsubscribe(wish.uri),
          ClientCalls.quiet(wish.session),
          (reply, failure) -> {});
    }
  }

  /** What a client wants to hear of. */
  private record Wish(ClientSession session, String server, String uri) {
    boolean isStillThere() {
      return !session.isClosed() && session.subscriptions().contains(uri);
    }
  }
}
