package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer to {@code initialize}, as it was written.
 *
 * @param revision the revision to speak with this server
 * @param json the result object
 */
public record InitializeResult(Revision revision, JsonSpan json) {
  /** Reads the reply to {@code initialize} (lifecycle, initialization). */
  public static InitializeResult read(String server, Frame reply) throws McpFailure {
    JsonSpan error = reply.error();
    if (error != null) {
      String said = error.string("message");
      throw McpFailure.unavailable(
          server, "it refused to initialize" + (said == null ? "" : ": " + shortened(said)));
    }
    JsonSpan result = reply.result();
    String version = result == null ? null : result.string("protocolVersion");
    if (result == null || version == null) {
      throw McpFailure.violation(server, "its answer to initialize names no protocol version");
    }
    Revision revision = Revision.of(version).orElse(null);
    if (revision == null) {
      throw McpFailure.unavailable(
          server,
          "it speaks protocol version " + shortened(version) + ", which the router does not");
    }
    return new InitializeResult(revision, result);
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  /** Whether the server declared a capability, such as {@code tools} or {@code logging}. */
  public boolean has(String capability) {
    return json.at("capabilities", capability) != null;
  }

  /** Whether a capability has an option, such as {@code resources.subscribe}. */
  public boolean has(String capability, String option) {
    JsonSpan value = json.at("capabilities", capability, option);
    return value != null && value.isTrue();
  }

  public @Nullable String instructions() {
    return json.string("instructions");
  }
}
