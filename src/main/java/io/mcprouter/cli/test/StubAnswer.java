package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a stub answers.
 *
 * @param when arguments that a call must have; null for any
 * @param exact whether it may have no others
 * @param times how many calls get it; 0 for all
 * @param delay how long the stub takes
 */
record StubAnswer(@Nullable JsonNode when, boolean exact, int times, Duration delay, Reply reply) {
  boolean fits(JsonNode arguments) {
    if (when == null) {
      return true;
    }
    return Fit.contains(arguments, when) && (!exact || Fit.contains(when, arguments));
  }

  /** The way in which a call ends. */
  sealed interface Reply {}

  /** With a tool's result. */
  record Result(JsonNode json) implements Reply {}

  /** With a JSON-RPC error. */
  record Refusal(int code, String message) implements Reply {}

  /** Without an answer. */
  record Failure(McpFailure.Kind kind, String message) implements Reply {}
}
