package io.mcprouter.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client is told of a failure: the one place where a failure becomes a JSON-RPC error. */
final class FailureReplies {
  private FailureReplies() {}

  /**
   * An error with {@code data.router}, by which a client tells the router's errors from a server's.
   * Where the user must open a page first, its link is in the message; a client that can show it
   * gets it as an elicitation (elicitation, URL mode).
   *
   * @param canOpenUrls whether the client declared elicitation in URL mode
   */
  static byte[] of(byte @Nullable [] id, McpFailure failure, boolean canOpenUrls) {
    String link = failure.link();
    boolean elicits = link != null && canOpenUrls;
    String message = String.valueOf(failure.getMessage());
    byte[] data = JsonText.write(json -> data(json, failure, elicits ? link : null));
    return Messages.error(
        id,
        elicits ? ErrorCodes.URL_ELICITATION_REQUIRED : failure.kind().code(),
        link == null ? message : message + ": open " + link,
        data);
  }

  private static void data(JsonGenerator json, McpFailure failure, @Nullable String link)
      throws IOException {
    json.writeStartObject();
    if (link != null) {
      json.writeArrayFieldStart("elicitations");
      json.writeStartObject();
      json.writeStringField("mode", "url");
      json.writeStringField("elicitationId", UUID.randomUUID().toString());
      json.writeStringField("url", link);
      json.writeStringField("message", failure.getMessage());
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeObjectFieldStart("router");
    json.writeStringField("server", failure.server());
    json.writeStringField("reason", failure.kind().label());
    json.writeEndObject();
    json.writeEndObject();
  }
}
