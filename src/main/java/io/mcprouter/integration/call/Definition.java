package io.mcprouter.integration.call;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a server says of a tool or a prompt in its list.
 *
 * @param json the item, as the server wrote it
 */
public record Definition(JsonSpan json) {
  private static final byte[] ANYTHING =
      "{\"type\":\"object\"}".getBytes(StandardCharsets.US_ASCII);

  /** The JSON schema of the arguments: a tool's own; of a prompt, one made of its arguments. */
  public byte[] argumentsSchema() {
    JsonSpan schema = json.member("inputSchema");
    if (schema != null) {
      return schema.bytes();
    }
    JsonSpan arguments = json.member("arguments");
    return arguments == null ? ANYTHING : JsonText.write(out -> prompt(out, arguments.elements()));
  }

  private static void prompt(JsonGenerator out, List<JsonSpan> arguments) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "object");
    out.writeObjectFieldStart("properties");
    for (JsonSpan argument : arguments) {
      out.writeObjectFieldStart(String.valueOf(argument.string("name")));
      out.writeStringField("type", "string");
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeArrayFieldStart("required");
    for (JsonSpan argument : arguments) {
      JsonSpan required = argument.member("required");
      if (required != null && required.isTrue()) {
        out.writeString(String.valueOf(argument.string("name")));
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Whether the tool declares that calling it twice does no more than calling it once. */
  public boolean isRepeatable() {
    JsonSpan annotations = json.member("annotations");
    return annotations != null
        && (says(annotations, "readOnlyHint") || says(annotations, "idempotentHint"));
  }

  private static boolean says(JsonSpan annotations, String hint) {
    JsonSpan value = annotations.member(hint);
    return value != null && value.isTrue();
  }
}
