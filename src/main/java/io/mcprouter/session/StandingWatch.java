package io.mcprouter.session;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notes the standing requests that pass through a session, sends them again on a new one, and holds
 * the session while somebody is subscribed.
 */
final class StandingWatch {
  private final Session session;
  private final StandingRequests standing;
  private final Keeper keeper;
  private final McpCall.Departure left;
  private boolean holding;

  StandingWatch(Session session, StandingRequests standing, Keeper keeper) {
    this.session = session;
    this.standing = standing;
    this.keeper = keeper;
    this.left = reply -> session.leave();
  }

  void subscribe(Frame request, McpCall call) {
    String uri = request.uri();
    if (uri == null) {
      session.forward(request, call, left);
    } else if (standing.isFull(uri)) {
      call.onDeparture(left);
      call.fail(
          McpFailure.limit(
              session.server(), "too many resources are subscribed to in this session"));
    } else {
      session.forward(
          request,
          call,
          reply -> {
            if (reply != null && reply.kind() == Frame.Kind.RESULT) {
              standing.subscribed(uri, call.client().session());
              holdWhileSubscribed();
            }
            session.leave();
          });
    }
  }

  void unsubscribe(Frame request, McpCall call) {
    String uri = request.uri();
    if (uri != null && standing.unsubscribed(uri, call.client().session())) {
      call.onDeparture(left);
      call.complete(emptyResult(request));
      return;
    }
    session.forward(
        request,
        call,
        reply -> {
          unsubscribed(uri);
          session.leave();
        });
  }

  /** Somebody may have subscribed while the server was told that nobody wants the resource. */
  private void unsubscribed(@Nullable String uri) {
    if (uri != null && standing.isWanted(uri)) {
      subscribeAgain(session.opened(), uri);
    }
    holdWhileSubscribed();
  }

  void setLogLevel(Frame request, McpCall call) {
    session.forward(
        request,
        call,
        reply -> {
          if (reply != null && reply.kind() == Frame.Kind.RESULT && request.params() != null) {
            standing.logLevel(request.params().bytes());
          }
          session.leave();
        });
  }

  /** Drops a client's subscriptions and tells the server of those that nobody wants any more. */
  void clientGone(String client, @Nullable McpConnection connection) {
    for (String uri : standing.clientGone(client)) {
      if (connection != null) {
        keeper.own(
            session, connection, StandingRequests.unsubscribe(uri), reply -> unsubscribed(uri));
      }
    }
    holdWhileSubscribed();
  }

  private static Frame emptyResult(Frame request) {
    byte[] id = Objects.requireNonNull(request.id(), "a request has an id");
    return Frame.of(new String(Messages.emptyResult(id), StandardCharsets.UTF_8));
  }

  /** Asks a new connection for what was asked of the one before. */
  void repeat(McpConnection opened) {
    Frame logLevel = standing.logLevelRequest();
    if (logLevel != null) {
      keeper.own(session, opened, logLevel, reply -> {});
    }
    for (String uri : standing.subscribedUris()) {
      subscribeAgain(opened, uri);
    }
    holdWhileSubscribed();
  }

  private void subscribeAgain(McpConnection opened, String uri) {
    keeper.own(
        session,
        opened,
        StandingRequests.subscribe(uri),
        reply -> {
          if (reply != null && reply.kind() == Frame.Kind.ERROR) {
            standing.forget(uri);
            holdWhileSubscribed();
          } else if (reply != null) {
            session.notified(StandingRequests.updated(uri));
          }
        });
  }

  /** A live subscription holds the session, as a call does; not one that drains. */
  void holdWhileSubscribed() {
    boolean hold;
    synchronized (this) {
      hold = standing.subscriptions() > 0 && !session.isDraining();
      if (hold == holding) {
        return;
      }
      holding = hold;
      if (hold) {
        session.hold();
        return;
      }
    }
    session.leave();
  }

  synchronized boolean isHolding() {
    return holding;
  }
}
