package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The step of a server's route that replaces placeholders: it puts the target for this caller on
 * the exchange, where the transport finds it.
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
    try {
      RunningServer server = byRoute.apply(exchange.getFromRouteId());
      if (server != null) {
        exchange.setProperty(McpConstants.TARGET, target(server, McpCall.of(exchange).caller()));
      }
    } catch (McpFailure failure) {
      exchange.setException(failure);
    }
    callback.done(true);
    return true;
  }

  private ConnectionTarget target(RunningServer server, Caller caller) throws McpFailure {
    TargetTemplate template = server.target();
    Map<String, String> values =
        template.variables().isEmpty() ? Map.of() : variables.of(caller, server.name());
    return template.resolve(caller, values);
  }

  /** Where users' own variables come from. */
  @FunctionalInterface
  public interface UserVariables {
    /** The values that the user saved for a server; those that are missing are absent. */
    Map<String, String> of(Caller caller, String server);
  }
}
