package io.mcprouter.integration.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way through a route: what came, what it says, and what is answered. It belongs
 * to its exchange, whose steps come one after another.
 */
final class InboundMessage {
  /** Results may be nested as deeply as a server's message. */
  private static final int DEEPEST = 2 * Frame.DEFAULT_MAX_DEPTH;

  /** The status of a message that is not called yet. */
  static final String ACCEPTED = "accepted";

  private static final int MOST_OF_DETAIL = 1_000;
  private static final int MOST_OF_ANSWER = 16_384;

  final String source;
  final byte[] bytes;
  final Instant received;

  /** In bytes; more than {@link #bytes} has where it was not read. */
  long length;

  /** The name of the file that it came in. */
  @Nullable String file;

  @Nullable JsonSpan json;
  @Nullable String id;
  @Nullable Envelope envelope;
  @Nullable Caller caller;
  @Nullable String replyTo;
  @Nullable String signingKey;
  @Nullable String signature;
  CallJournal.Claim.@Nullable Mine claim;
  int attempts;

  /** Whether a call under this claim may have reached the server. */
  boolean begun;

  /** The full story for administrators, where the answer tells less. */
  @Nullable String detail;

  /** An answer that must be written down before it counts. */
  @Nullable Answer unwritten;

  @Nullable Answer answer;

  InboundMessage(String source, byte[] bytes, Instant received) {
    this.source = source;
    this.bytes = bytes;
    this.received = received;
    this.length = bytes.length;
  }

  /**
   * The message of an exchange.
   *
   * @throws IllegalStateException if no step has checked it
   */
  static InboundMessage of(Exchange exchange) {
    InboundMessage message = exchange.getProperty(MessageConstants.MESSAGE, InboundMessage.class);
    if (message == null) {
      throw new IllegalStateException(
          "no step 'mcp-message:check' stands before this one, which needs what it found");
    }
    return message;
  }

  /** What the message says; there only where it was found good. */
  Envelope good() {
    return Objects.requireNonNull(envelope, "a message that is not answered is good");
  }

  Caller sender() {
    return Objects.requireNonNull(caller, "a message that is not answered has a caller");
  }

  Answer answered() {
    return Objects.requireNonNull(answer, "'mcp-message:call' stands before this step");
  }

  void refuse(RefusedMessage refusal, Instant now) {
    answer = failed(Status.REFUSED, refusal.code(), refusal.what(), now);
  }

  /** An answer with a result of the server, byte for byte. */
  Answer result(Status status, byte[] result, Instant now) {
    return new Answer(
        status,
        write(
            status,
            now,
            out -> {
              out.writeFieldName("result");
              JsonText.raw(out, result);
            }),
        null);
  }

  /** An answer without a result. */
  Answer failed(Status status, String code, String message, Instant now) {
    return failed(status, code, message, null, now);
  }

  /**
   * An answer without a result.
   *
   * @param rpc the server's own error, byte for byte; null where it gave none
   */
  Answer failed(Status status, String code, String message, byte @Nullable [] rpc, Instant now) {
    byte[] written =
        write(
            status,
            now,
            out -> {
              out.writeObjectFieldStart("error");
              out.writeStringField("code", code);
              out.writeStringField("message", message);
              if (rpc != null) {
                out.writeFieldName("rpc");
                JsonText.raw(out, rpc);
              }
              out.writeEndObject();
            });
    return new Answer(status, written, code);
  }

  private byte[] write(Status status, Instant now, JsonText.Content outcome) {
    return JsonText.write(
        out -> {
          out.writeStartObject();
          text(out, "id", id);
          out.writeStringField("status", status.text());
          if (envelope != null) {
            text(out, "server", envelope.server());
            text(out, "tool", envelope.tool());
            text(out, "key", envelope.key());
          }
          outcome.writeTo(out);
          out.writeNumberField("attempts", attempts);
          out.writeStringField("receivedAt", received.toString());
          out.writeStringField("answeredAt", now.toString());
          if (envelope != null && envelope.context() != null) {
            out.writeFieldName("context");
            JsonText.raw(out, envelope.context().bytes());
          }
          out.writeEndObject();
        });
  }

  private static void text(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  /** What its sender is told as soon as it is safe: it will be called. */
  byte[] accepted() {
    return JsonText.write(
        out -> {
          out.writeStartObject();
          text(out, "id", id);
          out.writeStringField("status", ACCEPTED);
          out.writeEndObject();
        });
  }

  /** The answer, or one in its place that says that it is larger than that, in bytes. */
  Answer answered(int most, Instant now) {
    Answer told = answered();
    return told.json().length <= most
        ? told
        : failed(
            told.status(),
            "answer-too-large",
            "The call ended so; its answer has more than "
                + most
                + " bytes, which its destination does not take.",
            now);
  }

  /**
   * The whole message and what became of it, for whoever looks after dead letters.
   *
   * @param most of its bytes; a larger one is made without the message, of which it tells the
   *     length
   */
  byte[] deadLetter(int most, Instant now) {
    byte[] whole = deadLetter(answered(), detail, length > bytes.length);
    if (whole.length <= most) {
      return whole;
    }
    String told =
        detail == null || detail.length() <= MOST_OF_DETAIL
            ? detail
            : detail.substring(0, MOST_OF_DETAIL);
    return deadLetter(answered(Math.min(most, MOST_OF_ANSWER), now), told, true);
  }

  private byte[] deadLetter(Answer told, @Nullable String story, boolean cut) {
    return JsonText.write(
        out -> {
          out.writeStartObject();
          text(out, "id", id);
          out.writeStringField("reason", told.status().text());
          text(out, "code", answered().code());
          text(out, "detail", story);
          out.writeStringField("source", source);
          out.writeStringField("receivedAt", received.toString());
          out.writeFieldName("answer");
          JsonText.raw(out, told.json());
          text(out, "signingKey", signingKey);
          text(out, "signature", signature);
          if (cut) {
            out.writeNumberField("messageLength", length);
            text(out, "file", file);
          } else {
            writeMessage(out);
          }
          out.writeEndObject();
        });
  }

  /** As it came: JSON as it is, anything else as Base64. */
  private void writeMessage(JsonGenerator out) throws IOException {
    if (json != null) {
      out.writeFieldName("message");
      JsonText.raw(out, json.bytes());
    } else {
      out.writeBinaryField("bytes", bytes);
    }
  }

  /** Reads the message's bytes as JSON. */
  JsonSpan parse(int maxDepth) throws RefusedMessage {
    JsonSpan parsed = EnvelopeReader.json(bytes, Math.min(maxDepth, DEEPEST));
    json = parsed;
    id = EnvelopeReader.id(parsed);
    return parsed;
  }

  /** Tells the following steps what is known of the message. */
  void show(Exchange exchange) {
    header(exchange, MessageConstants.ID, id);
    header(exchange, MessageConstants.REPLY_TO, replyTo);
    if (envelope != null) {
      header(exchange, MessageConstants.SERVER, envelope.server());
      header(exchange, MessageConstants.TOOL, envelope.tool());
      header(exchange, MessageConstants.KEY, envelope.key());
    }
    if (answer != null) {
      header(exchange, MessageConstants.STATUS, answer.status().text());
      header(exchange, MessageConstants.ERROR, answer.code());
      exchange.getMessage().setHeader(MessageConstants.DEAD, answer.status().isDead());
    }
  }

  private static void header(Exchange exchange, String name, @Nullable String value) {
    if (value != null) {
      exchange.getMessage().setHeader(name, value);
    }
  }

  /** Names nothing of what came. */
  @Override
  public String toString() {
    return "InboundMessage[" + source + ", " + bytes.length + " bytes]";
  }
}
