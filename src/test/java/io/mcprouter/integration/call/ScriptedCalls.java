package io.mcprouter.integration.call;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers that answer as a test says. */
final class ScriptedCalls implements McpCalls {
  record Sent(CallTarget target, Frame request, Caller caller) {
    String json() {
      return new String(request.bytes(), StandardCharsets.UTF_8);
    }

    String params() {
      return request.params().json();
    }
  }

  interface Script {
    void answer(Sent sent, McpCall call, McpCall.Outcome outcome);
  }

  final List<Sent> sent = new CopyOnWriteArrayList<>();
  volatile String tool = "{\"name\":\"x\",\"inputSchema\":{\"type\":\"object\"}}";
  private volatile Script script = (sent, call, outcome) -> {};

  ScriptedCalls() {
    result("{\"content\":[]}");
  }

  void result(String result) {
    reply("\"result\":" + result);
  }

  void reply(String outcome) {
    script =
        (sent, call, told) ->
            told.accept(Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1," + outcome + "}"), null);
  }

  void failure(McpFailure failure) {
    script = (sent, call, told) -> told.accept(null, failure);
  }

  void script(Script next) {
    script = next;
  }

  Sent last() {
    return sent.getLast();
  }

  @Override
  public void send(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome) {
    Sent one = new Sent(target, request, call.caller());
    sent.add(one);
    script.answer(one, call, outcome);
  }

  @Override
  public CompletableFuture<Definition> definition(CallTarget target, Caller caller) {
    try {
      return CompletableFuture.completedFuture(
          tool.isEmpty()
              ? null
              : new Definition(JsonSpan.parse(tool.getBytes(StandardCharsets.UTF_8), 200)));
    } catch (MalformedMessage e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
