package io.mcprouter.endpoint;

import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Caller;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves clients of 2024-11-05: one stream of events, and an address beside it for their messages.
 */
final class LegacySse {
  private static final int ID_BYTES = 24;

  private final Vertx vertx;
  private final Front front;
  private final BodyDeadline bodies;
  private final Map<String, Connection> connections;
  private final SecureRandom random = new SecureRandom();

  /**
   * All event loops share the connections: a message may arrive on another loop than its stream's.
   */
  LegacySse(Vertx vertx, Front front, BodyDeadline bodies, Map<String, Connection> connections) {
    this.vertx = vertx;
    this.front = front;
    this.bodies = bodies;
    this.connections = connections;
  }

  static Map<String, Connection> noConnections() {
    return new ConcurrentHashMap<>();
  }

  void open(HttpServerRequest request, Paths.Place place, Proof proof) {
    Caller caller = proof.caller();
    if (!request.method().equals(HttpMethod.GET)) {
      request.response().setStatusCode(405).end();
      return;
    }
    if (connections.size() >= front.settings().limits().maxSessions()) {
      request.response().setStatusCode(503).end("The router serves as many clients as it may.");
      return;
    }
    SseOutput output =
        new SseOutput(vertx, request.response(), front.settings().times().keepAlive().toMillis());
    String id = newId();
    MessageClient client = new MessageClient(place.view(), new EventChannel(output), front);
    connections.put(id, new Connection(caller, client));
    request
        .response()
        .closeHandler(
            none -> {
              connections.remove(id);
              client.closed();
            });
    Context loop = vertx.getOrCreateContext();
    front
        .connections()
        .watch(
            proof,
            request.response()::closed,
            () -> loop.runOnContext(none -> request.response().reset()));
    String address = front.settings().pathPrefix() + place.before() + "/messages?sessionId=" + id;
    output.raw("event: endpoint\ndata: " + address + "\n\n");
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  void message(HttpServerRequest request, Paths.Place place, Caller caller) {
    Connection connection =
        request.method().equals(HttpMethod.POST) ? find(request, place, caller) : null;
    if (connection == null) {
      request.response().setStatusCode(request.method().equals(HttpMethod.POST) ? 404 : 405).end();
      return;
    }
    RequestBody.read(
        vertx,
        request,
        front.settings().limits().maxBodyBytes(),
        bodies,
        body -> {
          request.response().setStatusCode(202).end("Accepted");
          connection.client.received(caller, body);
        });
  }

  private @Nullable Connection find(HttpServerRequest request, Paths.Place place, Caller caller) {
    String id = request.getParam("sessionId");
    Connection connection = id == null ? null : connections.get(id);
    boolean isTheirs =
        connection != null
            && connection.caller.key().equals(caller.key())
            && connection.client.shows(place.view());
    return isTheirs ? connection : null;
  }

  /** An open stream and the client behind it. */
  record Connection(Caller caller, MessageClient client) {}

  private record EventChannel(SseOutput output) implements Channel {
    @Override
    public void send(byte[] message) {
      output.message(message);
    }

    @Override
    public void reply(byte[] message) {
      output.message(message);
    }

    @Override
    public boolean isConnection() {
      return true;
    }

    @Override
    public boolean canSend() {
      return true;
    }
  }
}
