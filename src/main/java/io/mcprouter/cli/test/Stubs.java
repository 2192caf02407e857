package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stubs of a file at work: they answer calls, and remember them.
 *
 * <p>The lock of this object guards which calls came and how often an answer was given.
 */
public final class Stubs {
  private final Map<String, Stub> stubs;
  private final List<Received> received = new ArrayList<>();
  private final IdentityHashMap<StubAnswer, Integer> given = new IdentityHashMap<>();

  public Stubs(Map<String, Stub> stubs) {
    this.stubs = Map.copyOf(stubs);
  }

  boolean has(String server) {
    return stubs.containsKey(server);
  }

  /**
   * A call that a stub got.
   *
   * @param tool null for one that the stub does not have
   * @param answer what it answers; null where nothing fits
   * @param reason why nothing fits; empty where there is an answer, or simply none for the call
   */
  record Received(
      String server,
      String name,
      @Nullable StubTool tool,
      JsonNode arguments,
      @Nullable StubAnswer answer,
      String reason) {
    @Override
    public String toString() {
      return server + "/" + name + " " + arguments;
    }
  }

  /** The result of {@code tools/list}. */
  byte[] list(String server) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Stub stub = stubs.get(server);
    if (stub != null) {
      stub.tools().values().forEach(tool -> result.withArray("tools").add(tool.definition()));
    }
    return Json.bytes(result);
  }

  /** Takes a call of a tool. */
  synchronized Received call(String server, String name, JsonNode arguments) {
    Stub stub = stubs.get(server);
    StubTool tool = stub == null ? null : stub.tools().get(name);
    List<String> faults = tool == null ? List.of() : tool.input().faults(arguments);
    StubAnswer answer = tool == null || !faults.isEmpty() ? null : answer(tool, arguments);
    Received call = new Received(server, name, tool, arguments, answer, String.join("; ", faults));
    received.add(call);
    return call;
  }

  /** Takes a request of another kind, which no stub answers. */
  synchronized Received other(String server, String method, JsonNode params) {
    Received call = new Received(server, method, null, params, null, "stubs have tools only");
    received.add(call);
    return call;
  }

  private @Nullable StubAnswer answer(StubTool tool, JsonNode arguments) {
    for (StubAnswer answer : tool.answers()) {
      int before = given.getOrDefault(answer, 0);
      if (answer.fits(arguments) && (answer.times() == 0 || before < answer.times())) {
        given.put(answer, before + 1);
        return answer;
      }
    }
    return null;
  }

  /** Begins anew: no call has come, and every answer is there again. */
  synchronized void reset() {
    received.clear();
    given.clear();
  }

  /** The calls that came so far, in their order. */
  synchronized List<Received> received() {
    return List.copyOf(received);
  }
}
