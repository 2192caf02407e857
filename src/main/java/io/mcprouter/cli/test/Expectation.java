package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.SourceLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that an answer or a message must be.
 *
 * @param at where the file says it
 */
record Expectation(SourceLocation at, Aspect aspect, JsonNode wanted) {
  /** Of what something is expected, named as the file's keys. */
  enum Aspect {
    TEXT("text"),
    CONTAINS("contains"),
    MATCHES("matches"),
    STRUCTURED("structured"),
    IS_ERROR("isError"),
    ERROR("error"),
    HEADERS("headers");

    private final String key;

    Aspect(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }

    static Optional<Aspect> of(String key) {
      return Arrays.stream(values()).filter(aspect -> aspect.key.equals(key)).findFirst();
    }
  }

  /** Why the outcome is not what is expected; null where it is. */
  @Nullable Mismatch mismatch(Outcome outcome) {
    if (isMet(outcome)) {
      return null;
    }
    String came =
        switch (aspect) {
          case STRUCTURED ->
              outcome.structured() == null ? outcome.toString() : outcome.structured().toString();
          case HEADERS -> asked(outcome.headers()).toString();
          case IS_ERROR -> outcome.isError() + ": " + outcome;
          default -> outcome.toString();
        };
    String verb = aspect == Aspect.ERROR ? "error that contains" : aspect.key();
    return new Mismatch(at, "expected " + verb + " " + wanted + ", but got " + came);
  }

  /** The others may hold secrets, and are of no use here. */
  private ObjectNode asked(ObjectNode headers) {
    List<String> names = new ArrayList<>();
    wanted.fieldNames().forEachRemaining(names::add);
    return headers.deepCopy().retain(names);
  }

  private boolean isMet(Outcome outcome) {
    String text = outcome.text();
    return switch (aspect) {
      case TEXT -> wanted.asText().equals(text);
      case CONTAINS -> text != null && text.contains(wanted.asText());
      case MATCHES ->
          text != null && Pattern.compile(wanted.asText(), Pattern.DOTALL).matcher(text).matches();
      case STRUCTURED -> Fit.contains(outcome.structured(), wanted);
      case IS_ERROR -> outcome.failure() == null && wanted.asBoolean() == outcome.isError();
      case ERROR -> outcome.failure() != null && outcome.failure().contains(wanted.asText());
      case HEADERS -> Fit.contains(outcome.headers(), wanted);
    };
  }
}
