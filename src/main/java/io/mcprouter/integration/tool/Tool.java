package io.mcprouter.integration.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpToolException;
import io.mcprouter.integration.server.RouteConsumer;
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
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a route is. Arguments are checked before the route runs; what is wrong with them, and
 * what goes wrong in the route, are results that say so, since the model that called can mend it
 * (MCP, server features, tools: error handling).
 */
public final class Tool implements RouteItem {
  private final String name;
  private final Description description;
  private final byte[] json;
  private final RouteConsumer consumer;
  private final Entry entry;
  private final RouteFailure failure;

  private Tool(
      String name,
      Description description,
      RouteConsumer consumer,
      Disclosure disclosure,
      @Nullable Entry entry) {
    this.name = name;
    this.description = description;
    this.json = Json.bytes(description.json());
    this.consumer = consumer;
    this.entry = entry == null ? this::asHeaders : entry;
    this.failure = new RouteFailure("tool '" + name + "'", consumer.getRouteId(), disclosure);
  }

  /**
   * A tool whose route finds the arguments as a map and as headers.
   *
   * @throws IllegalArgumentException where an option is wrong
   */
  static Tool of(
      String name, ToolConfiguration options, RouteConsumer consumer, Disclosure disclosure) {
    return new Tool(name, description(name, options, consumer), consumer, disclosure, null);
  }

  /**
   * A tool that puts the arguments into its route's first message in its own way.
   *
   * @throws IllegalArgumentException where an option is wrong
   */
  public static Tool of(
      String name,
      ToolConfiguration options,
      RouteConsumer consumer,
      Disclosure disclosure,
      Entry entry) {
    return new Tool(name, description(name, options, consumer), consumer, disclosure, entry);
  }

  private static Description description(
      String name, ToolConfiguration options, RouteConsumer consumer) {
    return Description.of(consumer.getEndpoint().getCamelContext(), name, options);
  }

  /** How arguments, which fit the schema, become the message that a route begins with. */
  @FunctionalInterface
  public interface Entry {
    /**
     * What sets the first message for a call.
     *
     * @throws McpToolException where the arguments cannot be used, with what the caller reads
     */
    Consumer<Message> of(Map<String, Object> arguments);
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
      call.result(Json.bytes(ToolResult.error(wrong(String.join("; ", faults)))));
      return;
    }
    Map<String, Object> values = Json.map(object);
    try {
      Consumer<Message> entered = entry.of(values);
      consumer.run(
          call,
          exchange -> {
            exchange.getMessage().setHeader(ToolConstants.TOOL, name);
            entered.accept(exchange.getMessage());
          },
          exchange -> finish(exchange, values, call));
    } catch (McpToolException e) {
      call.result(Json.bytes(ToolResult.error(wrong(String.valueOf(e.getMessage())))));
    }
  }

  private String wrong(String faults) {
    return "The arguments of the tool '" + name + "' are wrong: " + faults;
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
  private Consumer<Message> asHeaders(Map<String, Object> values) {
    return message -> {
      message.setBody(values);
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
    };
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
