package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
   */
  record Received(
      String server, String name, @Nullable StubTool tool, JsonNode arguments, boolean answered) {
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

  /** Takes a call; null where no answer fits it. */
  synchronized @Nullable StubAnswer call(String server, String name, JsonNode arguments) {
    Stub stub = stubs.get(server);
    StubTool tool = stub == null ? null : stub.tools().get(name);
    StubAnswer answer = tool == null ? null : answer(tool, arguments);
    received.add(new Received(server, name, tool, arguments, answer != null));
    notifyAll();
    return answer;
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

  /** The calls that came, as soon as there are so many, or when the time is up. */
  synchronized List<Received> received(int expected, long withinMillis)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
    while (received.size() < expected) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return List.copyOf(received);
  }
}
