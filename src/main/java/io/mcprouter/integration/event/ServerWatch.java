package io.mcprouter.integration.event;

import io.mcprouter.catalog.ListChanged;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.config.ServerName;
import io.mcprouter.integration.JsonValues;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.ServerEvents;
import io.mcprouter.routing.CallObserver;
import io.mcprouter.routing.EndedCall;
import io.mcprouter.routing.RefusedCall;
import io.mcprouter.routing.ServerChanges;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens at the router's servers, and publishes it. Servers that users added for
 * themselves are their own affair: nothing of them is published.
 */
public final class ServerWatch implements CallObserver, ListChanged, ServerChanges {
  private static final double NANOS_PER_MILLI = 1e6;

  private final EventBus bus;
  private final InstantSource clock;

  public ServerWatch(EventBus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  /** Hears what servers say outside of calls, and passes all of it on. */
  public ServerEvents before(ServerEvents next) {
    return new ServerEvents() {
      @Override
      public void notified(Source source, Frame notification) {
        next.notified(source, notification);
        heard(source, notification);
      }

      @Override
      public void asked(Source source, Frame request, CallStream.Answer answer) {
        next.asked(source, request, answer);
      }
    };
  }

  private void heard(ServerEvents.Source source, Frame notification) {
    switch (notification.method()) {
      case Methods.RESOURCE_UPDATED ->
          publish(
              EventKind.resource,
              source.server(),
              source.user(),
              EventsConstants.RESOURCE,
              notification.uri(),
              notification);
      case Methods.LOG_MESSAGE ->
          publish(
              EventKind.log,
              source.server(),
              source.user(),
              EventsConstants.LOG_LEVEL,
              level(notification),
              notification);
      default -> {} // changes of lists are told when the new list is there
    }
  }

  private static @Nullable String level(Frame notification) {
    JsonSpan params = notification.params();
    return params == null ? null : params.string("level");
  }

  private void publish(
      EventKind kind,
      String server,
      String user,
      String header,
      @Nullable String value,
      Frame notification) {
    JsonSpan params = notification.params();
    if (params == null) {
      return;
    }
    publish(kind, server, user, () -> ServerEvent.fields(header, value), () -> body(params));
  }

  private static Map<String, Object> body(JsonSpan params) {
    return JsonValues.readMap(params.json());
  }

  @Override
  public void listChanged(String server, ListKind list, String user) {
    publish(
        EventKind.list, server, user, Map::of, () -> ServerEvent.fields("list", list.listKey()));
  }

  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    added.forEach(server -> status(server, "", "added", null));
    changed.forEach(server -> status(server, "", "changed", null));
    removed.forEach(server -> status(server, "", "removed", null));
  }

  /**
   * A server has another status for a user.
   *
   * @param user the user's key; empty for the router's own sessions and shared ones
   * @param why for people; null where there is nothing to say
   */
  public void status(String server, String user, String status, @Nullable String why) {
    publish(
        EventKind.status,
        server,
        user,
        () -> ServerEvent.fields(EventsConstants.STATUS, status),
        () -> ServerEvent.fields("status", status, "reason", why));
  }

  @Override
  public void ended(EndedCall call) {
    if (bus.wants(EventKind.call) && isCall(call.method())) {
      ended(
          call.server(),
          call.caller(),
          call.request(),
          call.outcome().label(),
          call.errorCode(),
          call.nanos() / NANOS_PER_MILLI);
    }
  }

  @Override
  public void refused(RefusedCall call) {
    if (bus.wants(EventKind.call) && isCall(call.request().method())) {
      ended("", call.caller(), call.request(), "refused", call.errorCode(), null);
    }
  }

  private static boolean isCall(String method) {
    return switch (method) {
      case Methods.TOOLS_CALL, Methods.PROMPTS_GET, Methods.RESOURCES_READ -> true;
      default -> false;
    };
  }

  private void ended(
      String server,
      Caller caller,
      Frame request,
      String outcome,
      @Nullable Integer code,
      @Nullable Double millis) {
    boolean named = !request.method().equals(Methods.RESOURCES_READ); // which are users' own words
    String name = named ? request.name() : null;
    publish(
        EventKind.call,
        server,
        caller.key(),
        () -> ServerEvent.fields(EventsConstants.TOOL, name, EventsConstants.STATUS, outcome),
        () ->
            ServerEvent.fields(
                "method",
                request.method(),
                "name",
                name,
                "outcome",
                outcome,
                "code",
                code,
                "milliseconds",
                millis,
                "source",
                caller.source().name().toLowerCase(Locale.ROOT)));
  }

  private void publish(EventKind kind, String server, String user, Fields headers, Fields body) {
    if (!ServerName.isOfUser(server)) {
      bus.publish(
          kind,
          () -> new ServerEvent(kind, server, user, clock.instant(), headers.get(), body.get()));
    }
  }

  private interface Fields {
    Map<String, Object> get();
  }
}
