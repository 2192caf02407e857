package io.mcprouter.demo;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.Revision;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** One client's conversation with the demo server. */
final class Conversation implements AutoCloseable {
  private final Consumer<byte[]> out;
  private final OpenCalls calls;
  private volatile Revision revision = Revision.LATEST;

  Conversation(Consumer<byte[]> out) {
    this.out = out;
    this.calls = new OpenCalls(out);
  }

  void received(byte[] line) throws MalformedMessage {
    if (Batch.isBatch(line)) {
      batch(Batch.split(line, Frame.DEFAULT_MAX_DEPTH));
    } else {
      message(Frame.parse(line), out);
    }
  }

  /** The replies to a batch are an array of their own (basic protocol, 2025-03-26, batching). */
  private void batch(List<Frame> frames) {
    if (!revision.hasBatches()) {
      out.accept(
          Messages.error(
              null, ErrorCodes.INVALID_REQUEST, "Batches are not part of " + revision.text()));
      return;
    }
    int requests = (int) frames.stream().filter(Frame::isRequest).count();
    List<byte[]> replies = new ArrayList<>();
    for (Frame frame : frames) {
      message(
          frame,
          reply -> {
            synchronized (replies) {
              replies.add(reply);
              if (replies.size() == requests) {
                out.accept(array(replies));
              }
            }
          });
    }
  }

  private static byte[] array(List<byte[]> replies) {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    char separator = '[';
    for (byte[] reply : replies) {
      array.write(separator);
      array.writeBytes(reply);
      separator = ',';
    }
    array.write(']');
    return array.toByteArray();
  }

  private void message(Frame frame, Consumer<byte[]> reply) {
    if (frame.isRequest()) {
      request(frame, Objects.requireNonNull(frame.id(), "a request has an id"), reply);
    } else if (frame.method().equals(Methods.CANCELLED)) {
      byte[] request = frame.requestId();
      if (request != null) {
        calls.cancel(request);
      }
    }
  }

  private void request(Frame request, byte[] id, Consumer<byte[]> reply) {
    switch (request.method()) {
      case Methods.INITIALIZE -> reply.accept(Messages.result(id, initialized(request)));
      case Methods.PING -> reply.accept(Messages.emptyResult(id));
      case Methods.TOOLS_LIST -> reply.accept(Messages.result(id, Documents.TOOLS));
      case Methods.TOOLS_CALL -> calls.start(request, id, reply);
      case Methods.PROMPTS_LIST -> reply.accept(Messages.result(id, Documents.PROMPTS));
      case Methods.PROMPTS_GET -> reply.accept(Prompts.get(request, id));
      case Methods.RESOURCES_LIST -> reply.accept(Messages.result(id, Documents.RESOURCES));
      case Methods.RESOURCE_TEMPLATES_LIST -> reply.accept(Messages.result(id, noTemplates()));
      case Methods.RESOURCES_READ -> reply.accept(Resources.read(request, id));
      default ->
          reply.accept(
              Messages.error(
                  id, ErrorCodes.METHOD_NOT_FOUND, "Method not found: " + request.method()));
    }
  }

  private static byte[] noTemplates() {
    return "{\"resourceTemplates\":[]}".getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] initialized(Frame request) {
    JsonSpan params = request.params();
    String asked = params == null ? null : params.string("protocolVersion");
    revision = asked == null ? Revision.LATEST : Revision.negotiate(asked);
    return Documents.initialized(revision);
  }

  /** Calls that are nearly done may finish; the others are cancelled. */
  @Override
  public void close() {
    calls.close();
  }
}
