package io.mcprouter.demo;

import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;

/** The one resource, which {@code resources.json} describes. */
final class Resources {
  static final String WELCOME = "demo://welcome";
  private static final String TEXT =
      """
      # Welcome to mcp-router

      These words came from an MCP server inside the router's own program. The router started it \
      as a child process, as it does with every server of `type: stdio` in \
      `config/mcp-servers.yaml`, and passed this resource on as it was written.
      """;

  private Resources() {}

  static byte[] read(Frame request, byte[] id) {
    if (!WELCOME.equals(request.uri())) {
      return Messages.error(
          id, ErrorCodes.RESOURCE_NOT_FOUND, "Resource not found: " + request.uri());
    }
    byte[] result =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("contents");
              json.writeStartObject();
              json.writeStringField("uri", WELCOME);
              json.writeStringField("mimeType", "text/markdown");
              json.writeStringField("text", TEXT);
              json.writeEndObject();
              json.writeEndArray();
              json.writeEndObject();
            });
    return Messages.result(id, result);
  }
}
