package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.catalog.Page;
import io.mcprouter.catalog.Target;
import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.RefusedCall;
import io.mcprouter.routing.ServerCalls;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each message of a client to where it belongs; the only switch over methods. */
final class Dispatcher {
  private static final String TOOL = "tool";
  private static final byte[] EMPTY = {'{', '}'};

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Catalog catalog;
  private final ServerCalls servers;
  private final EndpointSettings settings;
  private final Disclosure disclosure;
  private final ResourceSubscriptions subscriptions;
  private final LogLevels logLevels;

  Dispatcher(
      Catalog catalog, ServerCalls servers, EndpointSettings settings, Disclosure disclosure) {
    this.catalog = catalog;
    this.servers = servers;
    this.settings = settings;
    this.disclosure = disclosure;
    this.subscriptions = new ResourceSubscriptions(catalog, this);
    this.logLevels = new LogLevels(servers, this);
  }

  /**
   * Takes a request of an open session; the reply, whatever it is, goes to {@code channel}.
   *
   * @param caller who sent this very request: the session's user, whose other requests may come
   *     with other roles and tokens
   */
  void request(ClientSession session, Caller caller, Frame request, Channel channel) {
    ClientCall call = new ClientCall(session, caller, request, channel);
    int most = settings.limits().maxOpenCalls();
    if (!session.open(call, most)) {
      call.fail(session.tooManyCalls(most));
      return;
    }
    try {
      lead(session, request, call);
    } catch (RuntimeException | StackOverflowError e) {
      failed(call, e);
    }
  }

  /** Else the call would be open for ever, and the session with it. */
  private static void failed(ClientCall call, Throwable thrown) {
    LOG.error("A request could not be taken", thrown);
    call.notTaken();
  }

  private void lead(ClientSession session, Frame request, ClientCall call) {
    switch (request.method()) {
      case Methods.PING -> call.result(EMPTY);
      case Methods.TOOLS_CALL -> named(session, request, call, catalog::tool, TOOL);
      case Methods.PROMPTS_GET -> named(session, request, call, catalog::prompt, "prompt");
      case Methods.RESOURCES_READ -> resource(session, request, call, request.uri());
      case Methods.RESOURCES_SUBSCRIBE, Methods.RESOURCES_UNSUBSCRIBE ->
          subscriptions.change(session, request, call);
      case Methods.COMPLETE -> complete(session, request, call);
      case Methods.SET_LOG_LEVEL -> logLevels.set(session, request, call);
      default -> other(session, request, call);
    }
  }

  /** Takes a notification of an open session. */
  void notification(ClientSession session, Frame notification) {
    switch (notification.method()) {
      case Methods.CANCELLED -> {
        byte[] id = notification.requestId();
        if (id != null) {
          session.cancel(id);
        }
      }
      case Methods.INITIALIZED -> session.touch();
      case Methods.PROGRESS -> session.progressed(notification);
      default -> relay(session, notification);
    }
  }

  /**
   * A notification that only servers understand goes to those that this session has called. A
   * request without an id is none: it would pass by names, rights and guardrails.
   */
  private void relay(ClientSession session, Frame notification) {
    if (!notification.method().startsWith(Methods.NOTIFICATIONS)) {
      LOG.debug("A client sent '{}' without an id, which is dropped", notification.method());
    } else if (session.view() instanceof View.Server one) {
      tell(session, one.name(), notification);
    } else if (notification.method().equals(Methods.ROOTS_CHANGED)) {
      session.servers().forEach(server -> tell(session, server, notification));
    }
  }

  void tell(ClientSession session, String server, Frame notification) {
    if (session.servers().contains(server)) {
      servers.send(server, notification, ClientCalls.quiet(session), (reply, failure) -> {});
    }
  }

  private void named(
      ClientSession session, Frame request, ClientCall call, Lookup lookup, String what) {
    String name = request.name();
    if (name == null) {
      call.error(ErrorCodes.INVALID_PARAMS, "params.name is missing");
      return;
    }
    lookup.find(
        session.view(),
        call.caller(),
        name,
        target -> {
          try {
            if (target == null) {
              unknown(session, request, call, what, name);
            } else {
              send(
                  session,
                  target.server(),
                  target.name().equals(name) ? request : request.withName(target.name()),
                  call);
            }
          } catch (RuntimeException e) { // also where the target was known later
            failed(call, e);
          }
        });
  }

  private void unknown(
      ClientSession session, Frame request, ClientCall call, String what, String name) {
    Set<String> scopes =
        what.equals(TOOL) ? catalog.missingScopes(session.view(), call.caller(), name) : Set.of();
    if (scopes.isEmpty()) {
      refused(call, request, ErrorCodes.INVALID_PARAMS);
      call.error(ErrorCodes.INVALID_PARAMS, "Unknown " + what + ": " + name);
    } else {
      refused(call, request, ErrorCodes.FORBIDDEN);
      call.refuse(scopes, name);
    }
  }

  private void refused(ClientCall call, Frame request, int code) {
    servers.refused(new RefusedCall(call.caller(), request, code, call.traceparent()));
  }

  void resource(ClientSession session, Frame request, ClientCall call, @Nullable String uri) {
    if (uri == null) {
      call.error(ErrorCodes.INVALID_PARAMS, "params.uri is missing");
      return;
    }
    catalog.resource(
        session.view(),
        call.caller(),
        uri,
        server -> {
          if (server == null) {
            refused(call, request, ErrorCodes.RESOURCE_NOT_FOUND);
            call.error(ErrorCodes.RESOURCE_NOT_FOUND, "Resource not found: " + uri);
          } else {
            send(session, server, request, call);
          }
        });
  }

  /** A completion belongs to the prompt or the resource that its {@code ref} names. */
  private void complete(ClientSession session, Frame request, ClientCall call) {
    JsonSpan params = request.params();
    JsonSpan ref = params == null ? null : params.member("ref");
    JsonSpan name = ref == null ? null : ref.member("name");
    String uri = ref == null ? null : ref.string("uri");
    if (name == null) {
      resource(session, request, call, uri);
      return;
    }
    catalog.prompt(
        session.view(),
        call.caller(),
        name.text(),
        target -> {
          if (target == null) {
            call.error(ErrorCodes.INVALID_PARAMS, "Unknown prompt: " + name.text());
          } else {
            byte[] own = JsonText.quoted(target.name());
            send(session, target.server(), request.edit().value(name, own).frame(), call);
          }
        });
  }

  private void other(ClientSession session, Frame request, ClientCall call) {
    ListKind kind = ListKind.ofMethod(request.method());
    if (session.view() instanceof View.Server one
        && (kind == null || !catalog.shapesListings(one.name()))) {
      send(session, one.name(), request, call);
    } else if (kind != null) {
      list(session, kind, request, call);
    } else {
      call.error(ErrorCodes.METHOD_NOT_FOUND, "Method not found: " + request.method());
    }
  }

  private void list(ClientSession session, ListKind kind, Frame request, ClientCall call) {
    JsonSpan params = request.params();
    String cursor = params == null ? null : params.string("cursor");
    catalog.list(
        session.view(),
        kind,
        call.caller(),
        cursor,
        page -> {
          switch (page) {
            case Page.Result result -> call.result(result.json());
            case Page.InvalidCursor invalid ->
                call.error(
                    ErrorCodes.INVALID_PARAMS,
                    "The cursor is not one of this list: begin anew without one");
          }
        });
  }

  /** Sends a request into a server's route; the reply goes back to the client. */
  void send(ClientSession session, String server, Frame request, ClientCall call) {
    session.servers().add(server);
    call.sent();
    servers.send(
        server,
        request,
        call.call(),
        (reply, failure) ->
            call.finish(reply, failure == null ? null : disclosure.to(call.caller(), failure)));
  }

  private interface Lookup {
    void find(View view, Caller caller, String name, Consumer<@Nullable Target> done);
  }
}
