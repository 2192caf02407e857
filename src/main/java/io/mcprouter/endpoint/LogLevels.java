package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.routing.ServerCalls;
import java.util.Optional;

/**
 * {@code logging/setLevel}: the level holds for this client at once, and servers that it has called
 * are told. Where several clients share an upstream session, the server is told the most verbose
 * level that one of them asked for, and each still gets only what passes its own.
 */
final class LogLevels {
  private static final byte[] EMPTY = {'{', '}'};

  private final ServerCalls servers;
  private final Dispatcher dispatcher;

  LogLevels(ServerCalls servers, Dispatcher dispatcher) {
    this.servers = servers;
    this.dispatcher = dispatcher;
  }

  void set(ClientSession session, Frame request, ClientCall call) {
    JsonSpan params = request.params();
    Optional<LogLevel> level = LogLevel.of(params == null ? null : params.string("level"));
    level.ifPresent(session::logLevel);
    if (session.view() instanceof View.Server one) {
      dispatcher.send(session, one.name(), request, call);
    } else if (level.isEmpty()) {
      call.error(
          ErrorCodes.INVALID_PARAMS, "params.level is none of the levels debug to emergency");
    } else {
      for (String server : session.servers()) {
        servers.send(server, request, ClientCalls.quiet(session), (reply, failure) -> {});
      }
      call.result(EMPTY);
    }
  }
}
