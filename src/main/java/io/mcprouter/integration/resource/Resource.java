package io.mcprouter.integration.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.server.GroupedOptions;
import io.mcprouter.integration.server.ItemJson;
import io.mcprouter.integration.server.RouteConsumer;
import io.mcprouter.integration.server.RouteFailure;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RunningCall;
import io.mcprouter.integration.server.Terms;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.routing.Disclosure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** A resource, or a template of resources, that a route is. */
final class Resource implements RouteItem {
  private static final Set<String> WORDS = Set.of("enum");

  private final String name;
  private final UriVariables address;
  private final @Nullable String mimeType;
  private final byte[] json;
  private final Terms terms;
  private final List<GroupedOptions> variables;
  private final RouteConsumer consumer;
  private final RouteFailure failure;

  /**
   * Reads the options of an endpoint.
   *
   * @throws IllegalArgumentException where one is wrong
   */
  Resource(ResourceEndpoint endpoint, RouteConsumer consumer, Disclosure disclosure) {
    ResourceConfiguration options = endpoint.getConfiguration();
    this.name = endpoint.getName();
    this.address = endpoint.address();
    address.names().forEach(variable -> GroupedOptions.checkName("uri: ", variable));
    this.mimeType = options.getMimeType();
    this.consumer = consumer;
    this.terms = Terms.limited(options.getTimeout());
    this.variables = GroupedOptions.of("variable.", options.getVariables(), WORDS);
    this.failure = new RouteFailure("resource '" + name + "'", consumer.getRouteId(), disclosure);
    ItemJson item =
        new ItemJson(endpoint.getCamelContext(), name)
            .with(address.isTemplate() ? "uriTemplate" : "uri", address.text())
            .with("title", options.getTitle())
            .with("description", options.getDescription())
            .with("mimeType", mimeType)
            .icons(options.getIcons());
    this.json = Json.bytes(annotated(item.json(), options));
  }

  private static ObjectNode annotated(ObjectNode json, ResourceConfiguration options) {
    ObjectNode annotations = Json.MAPPER.createObjectNode();
    List<String> audience = GroupedOptions.split(options.getAudience());
    if (!audience.isEmpty()) {
      annotations.set("audience", Json.MAPPER.valueToTree(audience));
    }
    if (options.getPriority() != null) {
      annotations.put("priority", options.getPriority());
    }
    if (!annotations.isEmpty()) {
      json.set("annotations", annotations);
    }
    return json;
  }

  @Override
  public ListKind kind() {
    return address.isTemplate() ? ListKind.RESOURCE_TEMPLATES : ListKind.RESOURCES;
  }

  @Override
  public String key() {
    return address.text();
  }

  @Override
  public String name() {
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
    return terms;
  }

  @Override
  public boolean fits(String asked) {
    return address.match(asked) != null;
  }

  @Override
  public List<String> complete(String argument, String begun) {
    return variables.stream()
        .filter(variable -> variable.name().equals(argument))
        .flatMap(variable -> variable.list("enum").stream())
        .filter(value -> value.startsWith(begun))
        .toList();
  }

  @Override
  public void serve(Frame request, RunningCall call) {
    String uri = String.valueOf(request.uri());
    Map<String, String> values = address.match(uri);
    if (values == null) {
      notFound(uri, call);
      return;
    }
    consumer.run(call, exchange -> prepare(exchange, uri, values), done -> finish(done, uri, call));
  }

  private static void notFound(String uri, RunningCall call) {
    byte[] data = Json.bytes(Json.MAPPER.createObjectNode().put("uri", uri));
    call.error(ErrorCodes.RESOURCE_NOT_FOUND, "Resource not found: " + uri, data);
  }

  private static void prepare(Exchange exchange, String uri, Map<String, String> values) {
    Message message = exchange.getMessage();
    message.setHeader(ResourceConstants.RESOURCE, uri);
    values.forEach(message::setHeader);
  }

  /** A route without a body says that there is no such resource. */
  private void finish(Exchange exchange, String uri, RunningCall call) {
    Exception thrown = exchange.getException();
    if (thrown == null) {
      try {
        ObjectNode result = new Contents(exchange.getMessage(), uri, mimeType).json();
        if (result == null) {
          notFound(uri, call);
        } else {
          call.result(Json.bytes(result));
        }
        return;
      } catch (RuntimeException e) {
        thrown = e;
      }
    }
    call.error(ErrorCodes.INTERNAL_ERROR, failure.told(thrown, exchange, call));
  }
}
