package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step of a server's route that replaces placeholders: it puts the target for this caller on
 * the exchange, where the transport finds it. It does not block: where the user's variables have to
 * be read first, the route goes on when they are there.
 */
public final class PlaceholderProcessor extends AsyncProcessorSupport {
  private final Function<String, @Nullable RunningServer> byRoute;
  private final UserVariables variables;

  public PlaceholderProcessor(
      Function<String, @Nullable RunningServer> byRoute, UserVariables variables) {
    this.byRoute = byRoute;
    this.variables = variables;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    RunningServer server = byRoute.apply(exchange.getFromRouteId());
    if (server != null) {
      McpCall call = McpCall.of(exchange);
      if (server.target().variables().isEmpty() || call.caller().isApplication()) {
        resolve(exchange, server, call.caller(), Map.of());
      } else {
        return resolveWithVariables(exchange, server, call, callback);
      }
    }
    callback.done(true);
    return true;
  }

  private boolean resolveWithVariables(
      Exchange exchange, RunningServer server, McpCall call, AsyncCallback callback) {
    CompletableFuture<Map<String, String>> values = values(call.caller(), server);
    if (values.isDone()) {
      values.whenComplete((found, failure) -> resolve(exchange, server, call, found, failure));
      callback.done(true);
      return true;
    }
    values.whenCompleteAsync(
        (found, failure) -> {
          resolve(exchange, server, call, found, failure);
          callback.done(false);
        },
        call.continuation());
    return false;
  }

  private CompletableFuture<Map<String, String>> values(Caller caller, RunningServer server) {
    try {
      return variables.of(caller, server.name()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void resolve(
      Exchange exchange,
      RunningServer server,
      McpCall call,
      @Nullable Map<String, String> values,
      @Nullable Throwable failure) {
    if (values == null) {
      exchange.setException(failure);
    } else {
      resolve(exchange, server, call.caller(), values);
    }
  }

  private static void resolve(
      Exchange exchange, RunningServer server, Caller caller, Map<String, String> values) {
    try {
      checkComplete(server, caller, values);
      exchange.setProperty(McpConstants.TARGET, server.target().resolve(caller, values));
    } catch (McpFailure failure) {
      exchange.setException(failure);
    }
  }

  /** All that is missing is named at once: a user should not find out one by one. */
  private static void checkComplete(RunningServer server, Caller caller, Map<String, String> values)
      throws McpFailure {
    if (server.target().variables().isEmpty() || caller.isApplication()) {
      return;
    }
    List<String> missing =
        server.target().variables().stream()
            .filter(name -> values.getOrDefault(name, "").isBlank())
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw McpFailure.of(
          McpFailure.Kind.VARIABLES_MISSING,
          server.name(),
          "needs values of yours that are not set: "
              + String.join(", ", missing)
              + "; save them for this server first");
    }
  }

  /** Where users' own variables come from. */
  @FunctionalInterface
  public interface UserVariables {
    /** For a router where nobody can save any. */
    UserVariables NONE = (caller, server) -> CompletableFuture.completedStage(Map.of());

    /**
     * The values that the user saved for a server; those that are missing are absent. It is asked
     * on an event loop and must not block: the stage is complete where the values are at hand.
     */
    CompletionStage<Map<String, String>> of(Caller caller, String server);
  }
}
