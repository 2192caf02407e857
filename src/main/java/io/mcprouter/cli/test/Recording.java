package io.mcprouter.cli.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.config.Fault;
import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Position;
import io.mcprouter.integration.Json;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers that a server gave, as the guardrail {@code tap-file} writes them down. A call is
 * answered as one with the very same arguments was; where there were several of them, in their
 * order, and with the last one from then on.
 *
 * @param answers by the tool's name
 * @param faults lines that cannot be used
 */
record Recording(Map<String, List<StubAnswer>> answers, List<Fault> faults) {
  /**
   * Reads a file.
   *
   * @param server whose calls are taken; those of others are passed over
   */
  static Recording read(Path file, String server) {
    Faults faults = new Faults(file.toString(), true);
    Map<String, Map<JsonNode, List<StubAnswer>>> tools = new LinkedHashMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          add(lines.get(i), new Position(i + 1, 1), server, tools, faults);
        }
      }
    } catch (IOException e) {
      faults.error(Position.START, "recorded", "cannot be read: " + e.getMessage());
    }
    Map<String, List<StubAnswer>> answers = new LinkedHashMap<>();
    tools.forEach(
        (tool, calls) -> answers.put(tool, calls.values().stream().flatMap(List::stream).toList()));
    return new Recording(answers, faults.all());
  }

  private static void add(
      String line,
      Position at,
      String server,
      Map<String, Map<JsonNode, List<StubAnswer>>> tools,
      Faults faults) {
    try {
      JsonNode call = Json.MAPPER.readTree(line);
      if (!call.path("server").asText(server).equals(server)) {
        return;
      }
      JsonNode arguments = call.path("arguments");
      StubAnswer.Reply reply = reply(call);
      if (!call.path("tool").isTextual() || reply == null) {
        faults.error(
            at,
            "recorded",
            "is no call with its answer; record with the guardrail tap-file and its contents");
        return;
      }
      JsonNode when = arguments.isObject() ? arguments : Json.MAPPER.createObjectNode();
      List<StubAnswer> same =
          tools
              .computeIfAbsent(call.path("tool").asText(), key -> new LinkedHashMap<>())
              .computeIfAbsent(when, key -> new ArrayList<>());
      if (!same.isEmpty()) {
        same.add(answer(when, 1, same.removeLast().reply()));
      }
      same.add(answer(when, 0, reply));
    } catch (JsonProcessingException e) {
      faults.error(at, "recorded", "is no JSON: " + e.getOriginalMessage());
    }
  }

  private static StubAnswer answer(JsonNode when, int times, StubAnswer.Reply reply) {
    return new StubAnswer(when, true, times, Duration.ZERO, reply);
  }

  private static StubAnswer.@Nullable Reply reply(JsonNode call) {
    if (call.path("result").isObject()) {
      return new StubAnswer.Result(call.path("result"));
    }
    JsonNode error = call.path("error");
    if (error.isObject()) {
      return new StubAnswer.Refusal(
          error.path("code").asInt(ErrorCodes.INTERNAL_ERROR), error.path("message").asText());
    }
    for (McpFailure.Kind kind : McpFailure.Kind.values()) {
      if (kind.label().equals(call.path("outcome").asText()) && call.has("failure")) {
        return new StubAnswer.Failure(kind, "so it was recorded (" + kind.label() + ")");
      }
    }
    return null;
  }
}
