package io.mcprouter.cli.test;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Fields;
import io.mcprouter.config.reader.Yaml;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one answer of a stub. */
final class AnswerReader {
  private static final List<String> KEYS =
      List.of(
          "when", "times", "delay", "text", "structured", "isError", "result", "error", "failure");

  /** The ways to answer, of which one is taken; text and structured go together. */
  private static final List<String> WAYS = List.of("result", "error", "failure");

  private static final StubAnswer.Reply NOTHING =
      new StubAnswer.Refusal(ErrorCodes.INTERNAL_ERROR, "");

  private final Faults faults;

  AnswerReader(Faults faults) {
    this.faults = faults;
  }

  StubAnswer read(Yaml value, String path) {
    if (!(value instanceof Yaml.Mapping mapping)) {
      faults.error(
          value.at(), path, "must be an object such as {text: ...}, but is " + value.kind());
      return new StubAnswer(null, false, 0, Duration.ZERO, NOTHING);
    }
    Fields answer = Fields.known(mapping, path, faults, KEYS);
    return new StubAnswer(
        YamlJson.object(answer, "when"),
        false,
        (int) number(answer, "times", 1, 1_000_000, "how many calls get this answer"),
        Duration.ofMillis(number(answer, "delay", 0, 600_000, "milliseconds")),
        reply(answer));
  }

  private @Nullable JsonNode json(Fields fields, String key) {
    Yaml value = fields.value(key);
    return value == null ? null : YamlJson.of(value, fields.path(key), faults);
  }

  private long number(Fields fields, String key, long least, long most, String what) {
    Yaml value = fields.value(key);
    Long number = value == null ? null : fields.wholeNumber(value, key, what);
    if (number != null && (number < least || number > most)) {
      fields.error(key, "must be from " + least + " to " + most);
    }
    return number == null ? 0 : number;
  }

  private StubAnswer.Reply reply(Fields answer) {
    boolean inWords = answer.has("text") || answer.has("structured");
    long ways = WAYS.stream().filter(answer::has).count() + (inWords ? 1 : 0);
    if (ways != 1) {
      faults.error(
          answer.at(),
          answer.path(),
          "must say one of text or structured, result, error, and failure");
      return NOTHING;
    }
    if (answer.has("isError") && !inWords) {
      answer.error("isError", "goes with text or structured; a result has its own");
    }
    if (inWords) {
      return new StubAnswer.Result(result(answer));
    }
    if (answer.has("result")) {
      ObjectNode result = YamlJson.object(answer, "result");
      return result == null ? NOTHING : new StubAnswer.Result(result);
    }
    return answer.has("error") ? error(answer) : failure(answer);
  }

  private JsonNode result(Fields answer) {
    String text = answer.text("text");
    JsonNode structured = json(answer, "structured");
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", text == null ? String.valueOf(structured) : text);
    if (structured != null) {
      result.set("structuredContent", structured);
    }
    if (answer.flag("isError", false)) {
      result.put("isError", true);
    }
    return result;
  }

  private StubAnswer.Reply error(Fields answer) {
    if (!(answer.value("error") instanceof Yaml.Mapping)) {
      String message = answer.text("error");
      return new StubAnswer.Refusal(ErrorCodes.INTERNAL_ERROR, message == null ? "" : message);
    }
    Fields error = answer.object("error", List.of("code", "message"));
    if (error == null) {
      return NOTHING;
    }
    Yaml code = error.value("code");
    Long number = code == null ? null : error.wholeNumber(code, "code", "a JSON-RPC error code");
    String message = error.requiredText("message");
    return new StubAnswer.Refusal(
        number == null ? ErrorCodes.INTERNAL_ERROR : number.intValue(),
        message == null ? "" : message);
  }

  private StubAnswer.Reply failure(Fields answer) {
    String label = answer.text("failure");
    for (McpFailure.Kind kind : McpFailure.Kind.values()) {
      if (kind.label().equals(label)) {
        return new StubAnswer.Failure(kind, "the stub fails so (" + label + ")");
      }
    }
    answer.error(
        "failure",
        "must be one of "
            + Arrays.stream(McpFailure.Kind.values())
                .map(McpFailure.Kind::label)
                .collect(joining(", ")));
    return NOTHING;
  }
}
