package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The guardrails {@code tap-file} and {@code audit-kafka}: makes one line of JSON of each call.
 * With contents it holds arguments, what was said in between, and the answer; without it says who
 * called what, and how it ended.
 */
public final class Tap {
  private static final String KEY = "CamelMcpTap.";

  /** What a call may say in between before the rest is only counted. */
  private static final int MOST_MESSAGES = 100;

  private String server = "";
  private boolean contents;
  private Patterns patterns = Patterns.of("", "[redacted]");

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  /** Whether arguments, messages and answers are in the line. */
  public void setContents(boolean value) {
    contents = value;
  }

  /** What is replaced in contents: one regular expression, or a JSON array of them. */
  public void setPatterns(String value) {
    patterns = Patterns.of(value, "[redacted]");
  }

  /** One call as it goes on. */
  private static final class CallRecord {
    private final Frame request;
    private final McpCall call;
    private final Instant at = Instant.now();
    private final long began = System.nanoTime();
    private final List<Frame> between = new ArrayList<>();
    private int said;
    private @Nullable Object answer;

    CallRecord(Frame request, McpCall call) {
      this.request = request;
      this.call = call;
    }

    synchronized void said(Frame message) {
      if (said++ < MOST_MESSAGES) {
        between.add(message);
      }
    }

    synchronized List<Frame> between() {
      return List.copyOf(between);
    }

    synchronized int said() {
      return said;
    }
  }

  /** Begins a record, and listens to what is said in between where that is part of it. */
  public void begin(Exchange exchange) {
    McpCall call = McpCall.of(exchange);
    CallRecord begun = new CallRecord(ToolCalls.frame(exchange), call);
    exchange.setProperty(key(), begun);
    if (contents) {
      call.through(this, stream -> new Tapped(stream, begun));
    }
  }

  /** Puts the line into the body; the answer is kept for {@link #restore}. */
  public void line(Exchange exchange) {
    CallRecord record = Objects.requireNonNull(exchange.getProperty(key(), CallRecord.class));
    Object answer = exchange.getMessage().getBody();
    record.answer = answer;
    Frame message = exchange.getMessage().getBody(Frame.class);
    Frame reply = message == null || !message.isReply() ? null : message;
    McpFailure failure = reply == null ? failure(exchange) : null;
    byte[] line = JsonText.write(json -> write(json, record, reply, failure));
    exchange.getMessage().setBody(new String(line, StandardCharsets.UTF_8));
  }

  /** Beside a reply the property is what a step behind caught and dealt with. */
  private @Nullable McpFailure failure(Exchange exchange) {
    Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    return thrown == null ? null : McpFailure.from(thrown, server);
  }

  /** Puts the answer back. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(key()) instanceof CallRecord record) {
      exchange.getMessage().setBody(record.answer);
    }
  }

  private void write(
      JsonGenerator json, CallRecord record, @Nullable Frame reply, @Nullable McpFailure failure)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("at", record.at.toString());
    json.writeStringField("server", server);
    json.writeStringField("tool", ToolCalls.tool(record.request));
    json.writeStringField("tenant", record.call.caller().tenant());
    json.writeStringField("user", record.call.caller().id());
    json.writeNumberField(
        "millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - record.began));
    json.writeStringField("outcome", outcome(reply, failure));
    if (contents) {
      contents(json, record, reply, failure);
    }
    json.writeEndObject();
  }

  private static String outcome(@Nullable Frame reply, @Nullable McpFailure failure) {
    if (failure != null) {
      return failure.kind().label();
    }
    if (reply == null || reply.kind() == Frame.Kind.ERROR) {
      return "error";
    }
    return reply.isToolError() ? "tool_error" : "ok";
  }

  private void contents(
      JsonGenerator json, CallRecord record, @Nullable Frame reply, @Nullable McpFailure failure)
      throws IOException {
    clean(json, "arguments", ToolCalls.arguments(record.request));
    json.writeArrayFieldStart("messages");
    for (Frame message : record.between()) {
      json.writeStartObject();
      json.writeStringField("method", message.method());
      clean(json, "params", message.params());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (record.said() > MOST_MESSAGES) {
      json.writeNumberField("messagesLeftOut", record.said() - MOST_MESSAGES);
    }
    if (failure != null) {
      json.writeStringField("failure", failure.getMessage());
    } else if (reply != null) {
      clean(json, "result", reply.result());
      clean(json, "error", reply.error());
    }
  }

  private void clean(JsonGenerator json, String name, @Nullable JsonSpan value) throws IOException {
    if (value != null) {
      byte[] clean = patterns.clean(value);
      json.writeFieldName(name);
      JsonText.raw(json, onOneLine(clean == null ? value.bytes() : clean));
    }
  }

  /** In JSON, line breaks stand between tokens alone: those in strings are escaped. */
  private static byte[] onOneLine(byte[] json) {
    byte[] line = json.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }

  private String key() {
    return KEY + System.identityHashCode(this);
  }

  /** Listens and passes everything on. */
  private record Tapped(CallStream client, CallRecord record) implements CallStream {
    @Override
    public void notify(Frame notification) {
      record.said(notification);
      client.notify(notification);
    }

    @Override
    public void ask(Frame request, Answer answer) {
      record.said(request);
      client.ask(request, answer);
    }

    @Override
    public void polled(long retryMillis) {
      client.polled(retryMillis);
    }

    @Override
    public boolean isAway() {
      return client.isAway();
    }

    @Override
    public CallStream unchanged() {
      return new Tapped(client.unchanged(), record);
    }

    @Override
    public @Nullable String traceparent() {
      return client.traceparent();
    }
  }
}
