package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import java.util.Set;

/**
 * Which resources a client wants to hear of; the upstream sessions keep the subscriptions alive.
 */
final class ResourceSubscriptions {
  private static final int MOST_PER_SESSION = 1_000;

  private final Catalog catalog;
  private final Dispatcher dispatcher;

  ResourceSubscriptions(Catalog catalog, Dispatcher dispatcher) {
    this.catalog = catalog;
    this.dispatcher = dispatcher;
  }

  void change(ClientSession session, Frame request, ClientCall call) {
    String uri = request.uri();
    if (uri == null) {
      call.error(ErrorCodes.INVALID_PARAMS, "params.uri is missing");
      return;
    }
    Set<String> subscriptions = session.subscriptions();
    if (request.method().equals(Methods.RESOURCES_UNSUBSCRIBE)) {
      subscriptions.remove(uri);
    } else if (subscriptions.size() >= MOST_PER_SESSION) {
      call.error(
          ErrorCodes.LIMIT_REACHED,
          "More than " + MOST_PER_SESSION + " resources are subscribed to");
      return;
    } else {
      subscriptions.add(uri);
    }
    catalog.resource(
        session.view(),
        call.caller(),
        uri,
        server -> {
          if (server == null) {
            subscriptions.remove(uri);
            call.error(ErrorCodes.RESOURCE_NOT_FOUND, "Resource not found: " + uri);
          } else {
            dispatcher.send(session, server, request, call);
          }
        });
  }
}
