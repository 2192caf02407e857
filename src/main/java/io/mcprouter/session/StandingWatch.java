package io.mcprouter.session;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.OwnMessages;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  /**
   * The server is asked for what the most talkative client wants; each hears what passes its own
   * level. A level that the protocol does not know is between client and server.
   */
  void setLogLevel(Frame request, McpCall call) {
    JsonSpan params = request.params();
    JsonSpan text = params == null ? null : params.member("level");
    LogLevel level = text == null ? null : LogLevel.of(text.text()).orElse(null);
    if (level == null) {
      session.forward(request, call, left);
      return;
    }
    String client = call.client().session();
    LogLevel asked = standing.logLevel(client, level);
    byte[] value = JsonText.quoted(asked.text());
    session.forward(
        asked == level ? request : request.edit().value(text, value).frame(),
        call,
        reply -> {
          if (reply != null && reply.kind() == Frame.Kind.ERROR) {
            standing.forgetLogLevel(client);
          } else if (reply != null) {
            correctLogLevel(session.opened(), asked);
          }
          session.leave();
        });
  }

  /** Another client may have asked for more, or gone, in the meantime. */
  private void correctLogLevel(McpConnection connection, @Nullable LogLevel told) {
    LogLevel wanted = standing.logLevel();
    if (wanted != null && wanted != told) {
      keeper.own(session, connection, OwnMessages.setLogLevel(wanted), reply -> {});
    }
  }

  /** Drops what a client asked for, and tells the server what nobody wants any more. */
  void clientGone(String client, @Nullable McpConnection connection) {
    LogLevel told = standing.logLevel();
    List<String> unwanted = standing.clientGone(client);
    if (connection != null) {
      correctLogLevel(connection, told);
    }
    for (String uri : unwanted) {
      if (connection != null) {
        keeper.own(session, connection, OwnMessages.unsubscribe(uri), reply -> unsubscribed(uri));
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
    correctLogLevel(opened, null);
    for (String uri : standing.subscribedUris()) {
      subscribeAgain(opened, uri);
    }
    holdWhileSubscribed();
  }

  private void subscribeAgain(McpConnection opened, String uri) {
    keeper.own(
        session,
        opened,
        OwnMessages.subscribe(uri),
        reply -> {
          if (reply != null && reply.kind() == Frame.Kind.ERROR) {
            standing.forget(uri);
            holdWhileSubscribed();
          } else if (reply != null) {
            session.notified(OwnMessages.updated(uri));
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
