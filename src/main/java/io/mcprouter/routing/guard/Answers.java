package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

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
    exchange.getMessage().setBody(result(guardrail, text, true, null));
  }

  /** Answers the call with a tool error in place of a result that can be read elsewhere. */
  static void refuse(Exchange exchange, String guardrail, String text, @Nullable CutRest rest) {
    exchange.getMessage().setBody(result(guardrail, text, true, rest));
  }

  /** Answers the call. */
  static void answer(Exchange exchange, String guardrail, String text) {
    exchange.getMessage().setBody(result(guardrail, text, false, null));
  }

  private static Frame result(
      String guardrail, String text, boolean error, @Nullable CutRest rest) {
    return ofResult(
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("content");
              writeText(json, text);
              CutRest.writeLink(json, rest);
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
    return reply(Messages.result(ANY_ID, result));
  }

  /** A reply with an error. */
  static Frame error(int code, String message) {
    return reply(Messages.error(ANY_ID, code, message));
  }

  private static Frame reply(byte[] message) {
    try {
      return Frame.parse(message, Integer.MAX_VALUE);
    } catch (MalformedMessage e) {
      throw new IllegalArgumentException("a guardrail wrote no reply", e);
    }
  }
}
