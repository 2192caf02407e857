package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import java.io.IOException;
import org.apache.camel.Exchange;

/**
 * Tool results that the router writes in a server's place. Refusals are tool errors: what a client
 * shows its model is results, and a model can wait, or choose other arguments.
 */
final class Answers {
  /** The member of {@code _meta} that names the guardrail, by which programs tell the answers. */
  static final String MARK = "io.mcprouter/guardrail";

  /** Whatever it is: the client gets its own. */
  private static final byte[] ANY_ID = JsonText.number(1);

  private Answers() {}

  /** Answers the call with a tool error. */
  static void refuse(Exchange exchange, String guardrail, String text) {
    exchange.getMessage().setBody(result(guardrail, text, true));
  }

  /** Answers the call. */
  static void answer(Exchange exchange, String guardrail, String text) {
    exchange.getMessage().setBody(result(guardrail, text, false));
  }

  private static Frame result(String guardrail, String text, boolean error) {
    return ofResult(
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("content");
              writeText(json, text);
              json.writeEndArray();
              json.writeBooleanField("isError", error);
              json.writeObjectFieldStart("_meta");
              json.writeStringField(MARK, guardrail);
              json.writeEndObject();
              json.writeEndObject();
            }));
  }

  static void writeText(JsonGenerator json, String text) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "text");
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  /** A reply with a result that is JSON already. */
  static Frame ofResult(byte[] result) {
    try {
      return Frame.parse(Messages.result(ANY_ID, result), Integer.MAX_VALUE);
    } catch (MalformedMessage e) {
      throw new IllegalArgumentException("a guardrail wrote no result", e);
    }
  }
}
