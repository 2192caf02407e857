package io.mcprouter.cli.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcprouter.integration.Json;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A conversation with a stub. */
final class StubConnection implements McpConnection {
  private static final byte[] EMPTY = {'{', '}'};
  private static final String CAPABILITIES = "\"capabilities\":{\"tools\":{}}";

  private final String server;
  private final Stubs stubs;
  private final ConnectionListener listener;
  private final AtomicBoolean open = new AtomicBoolean(true);

  StubConnection(String server, Stubs stubs, ConnectionListener listener) {
    this.server = server;
    this.stubs = stubs;
    this.listener = listener;
  }

  @Override
  public InitializeResult initialized() {
    String json =
        "{\"protocolVersion\":\"%s\",%s,\"serverInfo\":{\"name\":\"stub\",\"version\":\"1\"}}"
            .formatted(Revision.LATEST.text(), CAPABILITIES);
    try {
      return new InitializeResult(
          Revision.LATEST,
          JsonSpan.parse(json.getBytes(StandardCharsets.UTF_8), Frame.DEFAULT_MAX_DEPTH));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("what was just written is no JSON", e);
    }
  }

  @Override
  public void call(Frame request, McpCall call) {
    if (!call.start(reason -> {})) {
      return;
    }
    switch (request.method()) {
      case Methods.PING -> result(request, call, EMPTY);
      case Methods.TOOLS_LIST -> result(request, call, stubs.list(server));
      case Methods.TOOLS_CALL -> answer(request, call);
      case Methods.PROMPTS_GET, Methods.RESOURCES_READ ->
          refuse(request, call, stubs.other(server, request.method(), params(request)));
      default ->
          error(
              request,
              call,
              new StubAnswer.Refusal(
                  ErrorCodes.METHOD_NOT_FOUND, "A stub has no " + request.method()));
    }
  }

  private void answer(Frame request, McpCall call) {
    Stubs.Received came = stubs.call(server, String.valueOf(request.name()), arguments(request));
    StubAnswer answer = came.answer();
    if (answer == null) {
      refuse(request, call, came);
    } else if (answer.delay().isZero()) {
      end(request, call, answer.reply());
    } else {
      CompletableFuture.delayedExecutor(answer.delay().toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> end(request, call, answer.reply()));
    }
  }

  private void refuse(Frame request, McpCall call, Stubs.Received came) {
    String what = "The stub '" + server + "' has no answer for this call of " + came.name();
    String why = came.reason().isEmpty() ? "" : ": " + came.reason();
    error(request, call, new StubAnswer.Refusal(ErrorCodes.INVALID_PARAMS, what + why));
  }

  private static JsonNode arguments(Frame request) {
    JsonNode arguments = params(request).get("arguments");
    return arguments == null ? JsonNodeFactory.instance.objectNode() : arguments;
  }

  private static JsonNode params(Frame request) {
    JsonSpan params = request.params();
    try {
      return params == null
          ? JsonNodeFactory.instance.objectNode()
          : Json.MAPPER.readTree(params.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frame's JSON was found well-formed before", e);
    }
  }

  private void end(Frame request, McpCall call, StubAnswer.Reply reply) {
    switch (reply) {
      case StubAnswer.Result result -> result(request, call, Json.bytes(result.json()));
      case StubAnswer.Refusal error -> error(request, call, error);
      case StubAnswer.Failure failure ->
          call.fail(McpFailure.of(failure.kind(), server, failure.message()));
    }
  }

  private static void result(Frame request, McpCall call, byte[] json) {
    call.complete(frame(Messages.result(id(request), json)));
  }

  private static void error(Frame request, McpCall call, StubAnswer.Refusal error) {
    call.complete(frame(Messages.error(id(request), error.code(), error.message())));
  }

  private static Frame frame(byte[] json) {
    return Frame.of(new String(json, StandardCharsets.UTF_8));
  }

  private static byte[] id(Frame request) {
    return Objects.requireNonNull(request.id(), "a request has an id");
  }

  @Override
  public void notify(Frame notification) {
    // a stub does nothing on its own
  }

  @Override
  public boolean isOpen() {
    return open.get();
  }

  @Override
  public CompletableFuture<Void> close() {
    if (open.getAndSet(false)) {
      listener.closed(McpFailure.connectionLost(server, "it was closed"));
    }
    return CompletableFuture.completedFuture(null);
  }
}
