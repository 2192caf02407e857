package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.ErrorLog;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.net.NetServerOptions;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That servers and clients go is ordinary: nothing of it is an error in the log. */
class HttpDepartureTest extends HttpFixture {
  /** A connection is closed by a reset, as it is where a process dies. */
  private static final NetServerOptions RESET = new NetServerOptions().setSoLinger(0);

  private final ErrorLog log = new ErrorLog();

  @AfterEach
  void nothing_was_logged() {
    log.close();
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void a_server_that_resets_the_connection_of_a_call() throws Exception {
    RawHttp raw = new RawHttp(vertx, RESET);
    raw.onCall = (socket, message) -> socket.close();
    assertThat(calls.failure(uriOf(raw.url()), "tools/call", "{}").kind())
        .isEqualTo(Kind.CONNECTION_LOST);
  }

  @Test
  void a_server_that_resets_in_the_middle_of_its_answer() throws Exception {
    RawHttp raw = new RawHttp(vertx, RESET);
    raw.onCall =
        (socket, message) -> {
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jsonrpc\"");
          vertx.setTimer(50, timer -> socket.close());
        };
    assertThat(calls.failure(uriOf(raw.url()), "tools/call", "{}").kind())
        .isEqualTo(Kind.CONNECTION_LOST);
  }

  @Test
  void a_client_that_leaves_before_the_answer() throws Exception {
    server.onCall = (request, message) -> {};
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    McpCall call = start(done, "{\"id\":1,\"method\":\"tools/call\"}", CallStream.NONE);
    await().until(() -> server.count("tools/call") == 1);
    call.cancel(McpFailure.cancelled("by the client"));
    assertThat(Calls.failure(done).kind()).isEqualTo(Kind.CANCELLED);
    await().until(() -> server.abandoned.get() == 1);
  }

  @Test
  void a_context_that_ends_with_streams_open() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.onGet = request -> ScriptedHttp.stream(request).write(": here\n\n");
    server.onCall = (request, message) -> ScriptedHttp.stream(request).write(": wait\n\n");
    CompletableFuture<Exchange> call = calls.start(uri(), "tools/call", "{}");
    await().until(() -> server.count("tools/call") == 1 && server.requests("GET").size() == 1);
    context.stop();
    assertThat(Calls.failure(call).kind()).isEqualTo(Kind.CONNECTION_LOST);
    await().until(() -> server.abandoned.get() == 2);
  }

  @Test
  void a_server_that_forgets_to_end_its_stream() throws Exception {
    server.onCall =
        (request, message) ->
            ScriptedHttp.event(ScriptedHttp.stream(request), ScriptedHttp.reply(message, "{}"));
    calls.result(uri(), "ping", "{}");
    await().until(() -> server.abandoned.get() == 1);
  }
}
