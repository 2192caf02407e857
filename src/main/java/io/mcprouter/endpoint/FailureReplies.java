package io.mcprouter.endpoint;

import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpFailure;
import org.jspecify.annotations.Nullable;

/** What a client is told of a failure: the one place where a failure becomes a JSON-RPC error. */
final class FailureReplies {
  private FailureReplies() {}

  /**
   * An error with {@code data.router}, by which a client tells the router's errors from a server's.
   */
  static byte[] of(byte @Nullable [] id, McpFailure failure) {
    byte[] data =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeObjectFieldStart("router");
              json.writeStringField("server", failure.server());
              json.writeStringField("reason", failure.kind().label());
              json.writeEndObject();
              json.writeEndObject();
            });
    return Messages.error(id, failure.kind().code(), String.valueOf(failure.getMessage()), data);
  }
}
