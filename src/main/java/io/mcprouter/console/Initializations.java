package io.mcprouter.console;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Connects servers for users who ask for it, one attempt at a time for each user and server. */
public final class Initializations {
  private static final Frame HELLO =
      Frame.of("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"" + Methods.INITIALIZE + "\"}");

  private final ServerCalls servers;
  private final Map<Key, Attempt> attempts = new ConcurrentHashMap<>();

  public Initializations(ServerCalls servers) {
    this.servers = servers;
  }

  /** Connects, or joins the attempt that is under way; completes with the failure, if any. */
  CompletableFuture<Optional<McpFailure>> begin(Caller caller, String server) {
    Key key = new Key(caller.key(), server);
    Attempt fresh = new Attempt(new McpCall(caller, McpClient.NONE, CallStream.NONE));
    Attempt before = attempts.putIfAbsent(key, fresh);
    if (before != null) {
      return before.outcome;
    }
    servers.send(
        server,
        HELLO,
        fresh.call,
        (reply, failure) -> {
          attempts.remove(key, fresh);
          fresh.outcome.complete(Optional.ofNullable(failure));
        });
    return fresh.outcome;
  }

  /** Gives an attempt up; false where none is under way. */
  boolean cancel(Caller caller, String server) {
    Attempt attempt = attempts.get(new Key(caller.key(), server));
    if (attempt == null) {
      return false;
    }
    attempt.cancelling = true;
    attempt.call.cancel(McpFailure.cancelled("by the user"));
    return true;
  }

  boolean isUnderWay(Caller caller, String server) {
    return attempts.containsKey(new Key(caller.key(), server));
  }

  boolean isCancelling(Caller caller, String server) {
    Attempt attempt = attempts.get(new Key(caller.key(), server));
    return attempt != null && attempt.cancelling;
  }

  private record Key(String user, String server) {}

  private static final class Attempt {
    private final McpCall call;
    private final CompletableFuture<Optional<McpFailure>> outcome = new CompletableFuture<>();
    private volatile boolean cancelling;

    Attempt(McpCall call) {
      this.call = call;
    }
  }
}
