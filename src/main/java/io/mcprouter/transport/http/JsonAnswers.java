package io.mcprouter.transport.http;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteFailures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a status and a whole body mean for the call that they answer. */
final class JsonAnswers {
  private final HttpConnection connection;

  JsonAnswers(HttpConnection connection) {
    this.connection = connection;
  }

  /** Ends the call by its answer. */
  void take(HttpCall call, int status, byte[] body) {
    Frame reply = reply(call, body);
    if (status / 100 == 2) {
      taken(call, status, reply);
    } else if (reply != null && reply.numericId() == call.id) {
      call.complete(reply);
    } else if (status == 404 && connection.head().hasSession()) {
      call.lost();
    } else if (reply != null && isProtocolError(reply)) {
      call.complete(reply);
    } else if (status == 400 && connection.head().hasSession()) {
      call.lost();
    } else {
      call.fail(refused(call, status));
    }
  }

  private void taken(HttpCall call, int status, @Nullable Frame reply) {
    if (reply == null) {
      call.fail(violation("its answer (HTTP " + status + ") is no JSON-RPC reply"));
    } else if (!call.answers(reply)) {
      call.fail(violation("its answer carries the id of another request"));
    } else {
      call.complete(reply);
    }
  }

  private McpFailure violation(String what) {
    return McpFailure.violation(server(), what);
  }

  /** A server that fails may have acted on the call; one that refuses has not. */
  private McpFailure refused(HttpCall call, int status) {
    McpFailure refusal = RemoteFailures.status(server(), connection.target(), status);
    return status < 500 || status == 503 || call.id == 0
        ? refusal
        : McpFailure.of(
            McpFailure.Kind.CONNECTION_LOST,
            server(),
            connection.target().hostAndPort() + " failed: it " + RemoteFailures.answered(status));
  }

  private @Nullable Frame reply(HttpCall call, byte[] body) {
    int maxDepth = connection.options.limits().maxDepth();
    try {
      if (Batch.isBatch(body)) {
        return replyIn(Batch.split(body, maxDepth), call);
      }
      Frame frame = Frame.parse(body, maxDepth);
      return frame.isReply() ? frame : null;
    } catch (MalformedMessage e) {
      return null;
    }
  }

  /** The reply in a batch. What else there is comes before it, since it ends the call. */
  private static @Nullable Frame replyIn(List<Frame> batch, HttpCall call) {
    Frame reply = null;
    for (Frame message : batch) {
      if (!message.isReply()) {
        call.meanwhile(message);
      } else if (reply == null || call.answers(message)) {
        reply = message;
      }
    }
    return reply;
  }

  /** Errors that speak of the message, not of the session: -32700 and -32603 to -32600. */
  private static boolean isProtocolError(Frame reply) {
    JsonSpan error = reply.error();
    JsonSpan code = error == null ? null : error.member("code");
    return code != null && code.text().matches("-3270[0]|-3260[0-3]");
  }

  private String server() {
    return connection.options.server();
  }
}
