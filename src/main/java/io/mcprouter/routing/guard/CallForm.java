package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a call can be taken for another one than the guardrail sees. */
final class CallForm {
  /** Nobody reads more than that, and what waits has a bound. */
  static final int MOST_BYTES = 65_536;

  private static final int LONGEST_NAME = 256;
  private static final Set<String> ENVELOPE = Set.of("jsonrpc", "id", "method", "params");
  private static final Set<String> PARAMS = Set.of("name", "arguments", "_meta");

  private CallForm() {}

  /**
   * Whether a server that takes members in any spelling, as Go's own reader does, could call
   * something else: it finds a second name in {@code Name}.
   */
  static boolean isAmbiguous(Frame request) {
    return anyMember(message(request), name -> isLike(name, ENVELOPE))
        || anyMember(request.params(), name -> isLike(name, PARAMS));
  }

  private static boolean isLike(String name, Set<String> names) {
    return !names.contains(name) && names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /**
   * Whether it is a name and arguments and nothing more. A call with anything else means more than
   * these, such as a task to be made of it.
   */
  static boolean isPlain(Frame request) {
    JsonSpan params = request.params();
    return params == null
        || (params.isObject() && !anyMember(params, name -> !PARAMS.contains(name)));
  }

  /**
   * Why nobody can decide over a call by what the guardrail shows of it: a clause; null where
   * somebody can.
   */
  static @Nullable String unreadable(Frame request) {
    if (request.length() > MOST_BYTES || ToolCalls.tool(request).length() > LONGEST_NAME) {
      return "it is too long to read";
    }
    if (anyMember(message(request), name -> !ENVELOPE.contains(name)) || !isPlain(request)) {
      return "it says more than a tool's name and arguments, which nobody would be shown";
    }
    try {
      StrictJson.MAPPER.readTree(request.bytes());
      return null;
    } catch (IOException e) {
      return "something in it is named twice, or cannot be read by everybody alike";
    }
  }

  /** A tool's name as it is told; no tool has a longer one. */
  static String shortened(String tool) {
    return tool.length() <= LONGEST_NAME ? tool : tool.substring(0, LONGEST_NAME) + "…";
  }

  private static JsonSpan message(Frame request) {
    try {
      return JsonSpan.parse(request.bytes(), Integer.MAX_VALUE);
    } catch (MalformedMessage e) {
      throw new IllegalStateException("a message that was read before", e);
    }
  }

  private static boolean anyMember(@Nullable JsonSpan object, Predicate<String> which) {
    boolean[] found = {false};
    if (object != null) {
      object.forEachMember((name, value) -> found[0] |= which.test(name));
    }
    return found[0];
  }
}
