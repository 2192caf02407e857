package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Revision;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves clients over streamable HTTP (transports, 2025-03-26 to 2025-11-25). */
final class StreamableHttp {
  private static final CharSequence VERSION = HttpHeaders.createOptimized("MCP-Protocol-Version");

  /** Behind every event: a client that names none wants those to come. */
  private static final long NO_EVENT = Long.MAX_VALUE;

  private final Vertx vertx;
  private final Front front;
  private final EndpointSettings settings;
  private final ClientSessions sessions;
  private final Initialization initialization;
  private final Dispatcher dispatcher;
  private final BodyDeadline bodies;

  StreamableHttp(Vertx vertx, Front front, BodyDeadline bodies) {
    this.vertx = vertx;
    this.front = front;
    this.settings = front.settings();
    this.sessions = front.sessions();
    this.initialization = front.initialization();
    this.dispatcher = front.dispatcher();
    this.bodies = bodies;
  }

  void handle(HttpServerRequest request, View view, Proof proof) {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.POST)) {
      post(request, view, proof.caller());
    } else if (method.equals(HttpMethod.GET)) {
      listen(request, view, proof);
    } else if (method.equals(HttpMethod.DELETE)) {
      end(request, view, proof.caller());
    } else {
      request.response().putHeader(HttpHeaders.ALLOW, "GET, POST, DELETE").setStatusCode(405).end();
    }
  }

  private void post(HttpServerRequest request, View view, Caller caller) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    PostExchange.Accepted accepted =
        PostExchange.Accepted.of(request.getHeader(HttpHeaders.ACCEPT));
    if (type == null || !type.startsWith("application/json")) {
      request.response().setStatusCode(415).end("The content type must be application/json.");
    } else if (accepted == null) {
      request
          .response()
          .setStatusCode(406)
          .end("Accept must name application/json or text/event-stream.");
    } else {
      RequestBody.read(
          vertx,
          request,
          settings.limits().maxBodyBytes(),
          bodies,
          body ->
              message(
                  request, view, caller, new PostExchange(vertx, front, request, accepted), body));
    }
  }

  private void message(
      HttpServerRequest request, View view, Caller caller, PostExchange exchange, byte[] body) {
    try {
      if (Batch.isBatch(body)) {
        batch(request, view, caller, exchange, Batch.split(body, settings.limits().maxDepth()));
        return;
      }
      Frame frame = Frame.parse(body, settings.limits().maxDepth());
      if (Initialization.isAskedBy(frame)) {
        initialization.initialize(
            frame, caller, view, (session, reply) -> opened(exchange, session, reply));
        return;
      }
      ClientSession session = session(request, view, caller, exchange, frame.id());
      if (session != null) {
        take(session, caller, frame, exchange);
      }
    } catch (MalformedMessage e) {
      exchange.json(400, Messages.error(null, e.code(), String.valueOf(e.getMessage())));
    }
  }

  private void opened(PostExchange exchange, @Nullable ClientSession session, byte[] reply) {
    if (session == null) {
      exchange.reply(reply);
    } else {
      exchange.open(session, reply, () -> sessions.close(session));
    }
  }

  private void take(ClientSession session, Caller caller, Frame frame, PostExchange exchange) {
    switch (frame.kind()) {
      case REQUEST -> {
        exchange.of(session);
        dispatcher.request(session, caller, frame, exchange);
      }
      case NOTIFICATION -> {
        dispatcher.notification(session, frame);
        exchange.status(202);
      }
      case RESULT, ERROR -> {
        session.answered(frame);
        exchange.status(202);
      }
    }
  }

  private void batch(
      HttpServerRequest request,
      View view,
      Caller caller,
      PostExchange exchange,
      List<Frame> frames)
      throws MalformedMessage {
    ClientSession session = session(request, view, caller, exchange, null);
    if (session == null) {
      return;
    }
    byte[] refusal = BatchReplies.refusal(session, frames, settings.limits().maxBatch());
    if (refusal != null) {
      exchange.json(400, refusal);
      return;
    }
    long requests = frames.stream().filter(Frame::isRequest).count();
    if (requests == 0) {
      exchange.status(202);
    } else {
      exchange.of(session);
    }
    BatchReplies replies = new BatchReplies(exchange, (int) requests);
    for (Frame frame : frames) {
      switch (frame.kind()) {
        case REQUEST -> dispatcher.request(session, caller, frame, replies);
        case NOTIFICATION -> dispatcher.notification(session, frame);
        case RESULT, ERROR -> session.answered(frame);
      }
    }
  }

  /** The session that the request names; without one, the request is answered already. */
  private @Nullable ClientSession session(
      HttpServerRequest request,
      View view,
      Caller caller,
      PostExchange exchange,
      byte @Nullable [] id) {
    String version = request.getHeader(VERSION);
    if (version != null && Revision.of(version).isEmpty()) {
      exchange.json(
          400,
          Messages.error(
              id, ErrorCodes.INVALID_REQUEST, "Unsupported MCP-Protocol-Version header"));
      return null;
    }
    String sessionId = request.getHeader(PostExchange.SESSION_ID);
    if (sessionId == null) {
      exchange.json(
          400,
          Messages.error(
              id, ErrorCodes.INVALID_REQUEST, "Mcp-Session-Id is missing: send initialize first"));
      return null;
    }
    ClientSession session = sessions.find(sessionId, caller, view);
    if (session == null) {
      exchange.json(
          404,
          Messages.error(
              id, ErrorCodes.INVALID_REQUEST, "Session not found: send initialize again"));
    }
    return session;
  }

  private void listen(HttpServerRequest request, View view, Proof proof) {
    PostExchange.Accepted accepted =
        PostExchange.Accepted.of(request.getHeader(HttpHeaders.ACCEPT));
    if (accepted == null || !accepted.events()) {
      request.response().setStatusCode(406).end("Accept must name text/event-stream.");
      return;
    }
    ClientSession session =
        sessions.find(request.getHeader(PostExchange.SESSION_ID), proof.caller(), view);
    if (session == null) {
      noSession(request);
      return;
    }
    HttpServerResponse response = request.response();
    Context loop = vertx.getOrCreateContext();
    front
        .connections()
        .watch(
            proof, response::closed, () -> loop.runOnContext(none -> request.response().reset()));
    String lastEvent = request.getHeader("Last-Event-ID");
    if (lastEvent == null) {
      attach(request, session, new EventLog.Place(session.events().listening(), NO_EVENT));
      return;
    }
    EventLog.Place place = session.events().find(lastEvent);
    if (place == null) {
      request
          .response()
          .setStatusCode(400)
          .end("Last-Event-ID is of no stream that is still kept.");
    } else {
      attach(request, session, place);
    }
  }

  private static void noSession(HttpServerRequest request) {
    boolean named = request.getHeader(PostExchange.SESSION_ID) != null;
    request
        .response()
        .setStatusCode(named ? 404 : 400)
        .end(
            named
                ? "Session not found: send initialize again."
                : "This is the MCP endpoint: an MCP client begins with a POST of initialize.");
  }

  private void attach(HttpServerRequest request, ClientSession session, EventLog.Place place) {
    ResumableStream stream = place.stream();
    stream.attach(
        new SseOutput(vertx, request.response(), settings.times().keepAlive().toMillis()),
        place.place());
    if (stream == session.events().listening()) {
      session.pushTo(new ListeningChannel(stream));
      if (place.place() == NO_EVENT && session.revision().hasPrimingEvent()) {
        stream.prime();
      }
    }
  }

  private void end(HttpServerRequest request, View view, Caller caller) {
    ClientSession session = sessions.find(request.getHeader(PostExchange.SESSION_ID), caller, view);
    if (session == null) {
      request.response().setStatusCode(404).end();
    } else {
      sessions.close(session);
      request.response().setStatusCode(204).end();
    }
  }
}
