package io.mcprouter.integration.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.ServedCall;
import io.mcprouter.protocol.LogLevel;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Tells the caller, and leaves the message as it is. In a route that serves no call it does
 * nothing.
 */
final class NotifyProducer extends DefaultProducer {
  private final NotifyEndpoint endpoint;
  private @Nullable Expression progress;
  private @Nullable Expression total;
  private @Nullable Expression message;

  NotifyProducer(NotifyEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    if (LogLevel.of(endpoint.getLevel()).isEmpty()) {
      throw new IllegalArgumentException(
          "mcp-notify: '" + endpoint.getLevel() + "' is no log level of MCP");
    }
    progress = simple(endpoint.getProgress());
    total = simple(endpoint.getTotal());
    message = simple(endpoint.getMessage());
    if (endpoint.getWhat() == NotifyEndpoint.What.progress && progress == null) {
      throw new IllegalArgumentException("mcp-notify:progress needs the option progress");
    }
  }

  private @Nullable Expression simple(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Expression expression =
        endpoint.getCamelContext().resolveLanguage("simple").createExpression(text);
    expression.init(endpoint.getCamelContext());
    return expression;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    ServedCall call = ServedCall.of(exchange);
    if (call == null) {
      return;
    }
    switch (endpoint.getWhat()) {
      case progress -> {
        Double reached = value(progress, exchange, Double.class);
        if (reached == null) {
          throw new IllegalArgumentException(
              "mcp-notify: progress '" + endpoint.getProgress() + "' gives no number");
        }
        call.progress(
            reached, value(total, exchange, Double.class), value(message, exchange, String.class));
      }
      case log -> call.log(endpoint.getLevel(), logger(exchange), data(exchange));
    }
  }

  private String logger(Exchange exchange) {
    String named = endpoint.getLogger();
    return named == null ? String.valueOf(ExchangeHelper.getAtRouteId(exchange)) : named;
  }

  private String data(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    JsonNode json =
        message == null && (body instanceof java.util.Map || body instanceof Iterable<?>)
            ? Json.MAPPER.valueToTree(body)
            : Json.MAPPER.valueToTree(
                message == null
                    ? exchange.getMessage().getBody(String.class)
                    : value(message, exchange, String.class));
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }

  private static <T> @Nullable T value(
      @Nullable Expression expression, Exchange exchange, Class<T> type) {
    return expression == null ? null : expression.evaluate(exchange, type);
  }
}
