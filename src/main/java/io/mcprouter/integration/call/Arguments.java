package io.mcprouter.integration.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mcprouter.integration.Json;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** The arguments that a body holds, as JSON. What is JSON already is passed on byte for byte. */
final class Arguments {
  private static final byte[] NONE = {'{', '}'};

  private Arguments() {}

  /**
   * The arguments in the body.
   *
   * @throws IllegalArgumentException where they are no JSON object
   */
  static byte[] ofBody(Exchange exchange) throws InvalidPayloadException {
    Object body = exchange.getMessage().getBody();
    if (body == null) {
      return NONE;
    }
    if (body instanceof Frame frame) {
      JsonSpan params = frame.params();
      JsonSpan arguments = params == null ? null : params.member("arguments");
      return arguments == null ? NONE : arguments.bytes();
    }
    return object(isText(body) ? text(exchange, body) : written(body));
  }

  private static boolean isText(Object body) {
    return body instanceof byte[]
        || body instanceof CharSequence
        || body instanceof InputStream
        || body instanceof StreamCache
        || body instanceof Reader
        || body instanceof ByteBuffer
        || body instanceof WrappedFile<?>
        || body instanceof File
        || body instanceof Path;
  }

  private static byte[] text(Exchange exchange, Object body) throws InvalidPayloadException {
    return body instanceof CharSequence text
        ? text.toString().getBytes(StandardCharsets.UTF_8)
        : exchange.getMessage().getMandatoryBody(byte[].class);
  }

  private static byte[] written(Object body) {
    try {
      return Json.MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      // the message of the cause may hold values
      throw new IllegalArgumentException(
          "The body, a " + body.getClass().getName() + ", cannot be written as JSON");
    }
  }

  private static byte[] object(byte[] json) {
    if (isBlank(json)) {
      return NONE;
    }
    String fault = fault(json);
    if (fault != null) {
      throw new IllegalArgumentException("Arguments must be a JSON object, and the body " + fault);
    }
    return json;
  }

  private static @Nullable String fault(byte[] json) {
    try {
      return JsonSpan.parse(json, Frame.DEFAULT_MAX_DEPTH).isObject() ? null : "is none";
    } catch (MalformedMessage e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  private static boolean isBlank(byte[] json) {
    for (byte next : json) {
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return false;
      }
    }
    return true;
  }
}
