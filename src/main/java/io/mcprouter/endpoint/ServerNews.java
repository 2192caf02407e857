package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListChanged;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.catalog.View;
import io.mcprouter.catalog.ViewsChanged;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.ServerEvents;
import java.util.List;
import java.util.function.Predicate;

/** Takes what servers say outside calls to the clients whom it concerns, and to nobody else. */
public final class ServerNews implements ServerEvents, ListChanged, ViewsChanged {
  private final ClientSessions sessions;
  private final Catalog catalog;

  public ServerNews(ClientSessions sessions, Catalog catalog) {
    this.sessions = sessions;
    this.catalog = catalog;
  }

  @Override
  public void notified(Source source, Frame notification) {
    List<ListKind> kinds = ListKind.ofNotification(notification.method());
    kinds.forEach(kind -> catalog.serverChanged(source.server(), source.user(), kind));
    for (ClientSession session : sessions.all()) {
      if (concerns(source, session) && wants(session, source, notification, !kinds.isEmpty())) {
        session.push(notification.bytes());
      }
    }
  }

  private boolean concerns(Source source, ClientSession session) {
    boolean sameUser = source.user().isEmpty() || source.user().equals(session.caller().key());
    boolean sameClient = source.client().isEmpty() || source.client().equals(session.id());
    return sameUser && sameClient && shows(session, source.server());
  }

  private boolean wants(
      ClientSession session, Source source, Frame notification, boolean listChange) {
    boolean alone =
        session.view() instanceof View.Server one && !catalog.shapesListings(one.name());
    return switch (notification.method()) {
      case Methods.RESOURCE_UPDATED -> {
        String uri = notification.uri();
        yield uri != null && session.subscriptions().contains(uri);
      }
      case Methods.LOG_MESSAGE -> session.wants(notification);
      // a client that can be asked has upstream sessions of its own, so theirs are its questions
      case Methods.ELICITATION_COMPLETE -> session.id().equals(source.client());
      // merged lists are announced when they really differ; a single server's are its own affair
      default -> listChange ? alone : session.view() instanceof View.Server;
    };
  }

  private boolean shows(ClientSession session, String server) {
    return catalog.shows(session.view(), session.caller(), server);
  }

  /**
   * A question that no call owns is passed on only where the upstream session belongs to one
   * client, and for roots alone.
   */
  @Override
  public void asked(Source source, Frame request, CallStream.Answer answer) {
    for (ClientSession session : sessions.all()) {
      if (request.method().equals(Methods.ROOTS_LIST) && session.id().equals(source.client())) {
        session.ask(request, answer, Channel.NONE);
        return;
      }
    }
    answer.decline("no open call owns this request");
  }

  @Override
  public void listChanged(String server, ListKind kind, String user) {
    byte[] message = Messages.notification(kind.changedNotification(), null);
    for (ClientSession session : sessions.all()) {
      boolean transparent =
          session.view() instanceof View.Server one && !catalog.shapesListings(one.name());
      if ((user.isEmpty() || user.equals(session.caller().key()))
          && (server.equals(ANY_SERVER) || shows(session, server))
          && !transparent) {
        session.push(message);
      }
    }
  }

  /** A view that is gone is told of too: what its clients ask for next says so. */
  @Override
  public void viewsChanged(ListKind kind, Predicate<View> differs) {
    byte[] message = Messages.notification(kind.changedNotification(), null);
    for (ClientSession session : sessions.all()) {
      if (differs.test(session.view())) {
        session.push(message);
      }
    }
  }
}
