package io.mcprouter.integration.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.server.RouteFailure;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RunningCall;
import io.mcprouter.integration.server.Terms;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.routing.Disclosure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A tool that a route is. Arguments are checked before the route runs; what is wrong with them, and
 * what goes wrong in the route, are results that say so, since the model that called can mend it
 * (MCP, server features, tools: error handling).
 */
final class Tool implements RouteItem {
  private final String name;
  private final Description description;
  private final byte[] json;
  private final ToolConsumer consumer;
  private final RouteFailure failure;

  private Tool(String name, Description description, ToolConsumer consumer, Disclosure disclosure) {
    this.name = name;
    this.description = description;
    this.json = Json.bytes(description.json());
    this.consumer = consumer;
    this.failure = new RouteFailure("tool '" + name + "'", consumer.getRouteId(), disclosure);
  }

  /**
   * @throws IllegalArgumentException where an option of the endpoint is wrong
   */
  static Tool of(ToolEndpoint endpoint, ToolConsumer consumer, Disclosure disclosure) {
    Description description =
        Description.of(endpoint.getCamelContext(), endpoint.getName(), endpoint.getConfiguration());
    return new Tool(endpoint.getName(), description, consumer, disclosure);
  }

  @Override
  public ListKind kind() {
    return ListKind.TOOLS;
  }

  @Override
  public String key() {
    return name;
  }

  @Override
  public String routeId() {
    return consumer.getRouteId();
  }

  @Override
  public byte[] json() {
    return json;
  }

  @Override
  public Terms terms() {
    return description.terms();
  }

  @Override
  public void serve(Frame request, RunningCall call) {
    JsonNode arguments = arguments(request);
    if (!(arguments instanceof ObjectNode object)) {
      call.error(ErrorCodes.INVALID_PARAMS, "params.arguments is no object");
      return;
    }
    addDefaults(object);
    List<String> faults = description.input().faults(object);
    if (!faults.isEmpty()) {
      call.result(
          Json.bytes(
              ToolResult.error(
                  "The arguments of the tool '"
                      + name
                      + "' are wrong: "
                      + String.join("; ", faults))));
      return;
    }
    Map<String, Object> values = Json.map(object);
    consumer.run(
        call, exchange -> prepare(exchange, values), exchange -> finish(exchange, values, call));
  }

  private static JsonNode arguments(Frame request) {
    JsonSpan params = request.params();
    JsonSpan arguments = params == null ? null : params.member("arguments");
    try {
      return arguments == null || arguments.isNull()
          ? Json.MAPPER.createObjectNode()
          : Json.MAPPER.readTree(arguments.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read as JSON before
    }
  }

  private void addDefaults(ObjectNode arguments) {
    description
        .input()
        .json()
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode byDefault = property.getValue().get("default");
              if (byDefault != null && !arguments.has(property.getKey())) {
                arguments.set(property.getKey(), byDefault);
              }
            });
  }

  /** Only what the schema names becomes a header: no caller sets one of another name. */
  private void prepare(Exchange exchange, Map<String, Object> values) {
    Message message = exchange.getMessage();
    message.setBody(values);
    message.setHeader(ToolConstants.TOOL, name);
    description
        .input()
        .json()
        .path("properties")
        .fieldNames()
        .forEachRemaining(
            argument -> {
              if (values.containsKey(argument)) {
                message.setHeader(argument, values.get(argument));
              }
            });
  }

  private void finish(Exchange exchange, Map<String, Object> values, RunningCall call) {
    Exception thrown = exchange.getException();
    if (thrown == null) {
      try {
        Message message = exchange.getMessage();
        if (message.getBody() == values) {
          message.setBody(null); // what came in is no result
        }
        call.result(Json.bytes(new ToolResult(message, description.output(), call).json()));
        return;
      } catch (Exception e) {
        thrown = e;
      }
    }
    call.result(Json.bytes(ToolResult.error(failure.told(thrown, exchange, call))));
  }
}
