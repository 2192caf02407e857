package io.mcprouter.demo;

import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tool calls that run, each on a thread of its own, so that any of them can be cancelled. */
final class OpenCalls implements AutoCloseable {
  private static final int MOST = 1_000;
  private static final long LAST_WORDS_MILLIS = 500;

  private final Consumer<byte[]> out;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Future<?>> open = new ConcurrentHashMap<>();

  /**
   * @param out takes notifications
   */
  OpenCalls(Consumer<byte[]> out) {
    this.out = out;
  }

  void start(Frame request, byte[] id, Consumer<byte[]> reply) {
    Tool tool = Tool.named(request.name());
    if (tool == null) {
      reply.accept(
          Messages.error(id, ErrorCodes.INVALID_PARAMS, "Unknown tool: " + request.name()));
    } else if (open.size() >= MOST) {
      reply.accept(
          Messages.error(id, ErrorCodes.LIMIT_REACHED, "More than " + MOST + " calls are open"));
    } else {
      String key = key(id);
      FutureTask<?> task = new FutureTask<>(() -> run(tool, request, id, key, reply), null);
      open.put(key, task);
      threads.execute(task);
    }
  }

  private void run(Tool tool, Frame request, byte[] id, String key, Consumer<byte[]> reply) {
    try {
      reply.accept(Messages.result(id, outcome(tool, request)));
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt(); // and nobody waits for an answer
    } finally {
      open.remove(key);
    }
  }

  private byte[] outcome(Tool tool, Frame request) throws InterruptedException {
    try {
      return tool.call(Arguments.of(request), progress(request.progressToken()));
    } catch (ToolError e) {
      return ToolResult.error(String.valueOf(e.getMessage()));
    }
  }

  /** Progress of a call whose client asked to be told. */
  private Progress progress(byte @Nullable [] token) {
    if (token == null) {
      return (done, total, message) -> {};
    }
    return (done, total, message) -> {
      byte[] params =
          JsonText.write(
              json -> {
                json.writeStartObject();
                json.writeFieldName("progressToken");
                JsonText.raw(json, token);
                json.writeNumberField("progress", done);
                json.writeNumberField("total", total);
                json.writeStringField("message", message);
                json.writeEndObject();
              });
      out.accept(Messages.notification(Methods.PROGRESS, params));
    };
  }

  void cancel(byte[] requestId) {
    Future<?> call = open.remove(key(requestId));
    if (call != null) {
      call.cancel(true);
    }
  }

  private static String key(byte[] id) {
    return new String(id, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
