package io.mcprouter.integration.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.routing.Disclosure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** A prompt that a route is. */
final class Prompt implements RouteItem {
  private static final Set<String> WORDS = Set.of("description", "title", "required", "enum");

  private final String name;
  private final @Nullable String description;
  private final List<GroupedOptions> arguments;
  private final byte[] json;
  private final Terms terms;
  private final RouteConsumer consumer;
  private final RouteFailure failure;

  /**
   * Reads the options of an endpoint.
   *
   * @throws IllegalArgumentException where one is wrong
   */
  Prompt(PromptEndpoint endpoint, RouteConsumer consumer, Disclosure disclosure) {
    PromptConfiguration options = endpoint.getConfiguration();
    this.name = endpoint.getName();
    this.description = options.getDescription();
    this.arguments = GroupedOptions.of("argument.", options.getArguments(), WORDS);
    this.consumer = consumer;
    this.terms = Terms.limited(options.getTimeout());
    this.failure = new RouteFailure("prompt '" + name + "'", consumer.getRouteId(), disclosure);
    ObjectNode item =
        new ItemJson(endpoint.getCamelContext(), name)
            .with("title", options.getTitle())
            .with("description", description)
            .icons(options.getIcons())
            .json();
    describe(item.putArray("arguments"));
    this.json = Json.bytes(item);
  }

  private void describe(ArrayNode json) {
    for (GroupedOptions argument : arguments) {
      ObjectNode each = json.addObject().put("name", argument.name());
      for (String word : List.of("title", "description")) {
        if (argument.more(word) != null) {
          each.put(word, argument.more(word));
        }
      }
      each.put("required", argument.isTrue("required"));
    }
  }

  @Override
  public ListKind kind() {
    return ListKind.PROMPTS;
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
    return terms;
  }

  @Override
  public List<String> complete(String argument, String begun) {
    return arguments.stream()
        .filter(each -> each.name().equals(argument))
        .flatMap(each -> each.list("enum").stream())
        .filter(value -> value.startsWith(begun))
        .toList();
  }

  @Override
  public void serve(Frame request, RunningCall call) {
    Map<String, String> values = values(request);
    String fault = fault(values);
    if (fault != null) {
      call.error(ErrorCodes.INVALID_PARAMS, "Prompt '" + name + "': " + fault);
    } else {
      consumer.run(call, exchange -> prepare(exchange, values), done -> finish(done, values, call));
    }
  }

  private static Map<String, String> values(Frame request) {
    Map<String, String> values = new LinkedHashMap<>();
    JsonSpan params = request.params();
    JsonSpan given = params == null ? null : params.member("arguments");
    if (given != null) {
      given.forEachMember((key, value) -> values.put(key, value.text()));
    }
    return values;
  }

  private @Nullable String fault(Map<String, String> values) {
    for (GroupedOptions argument : arguments) {
      String value = values.get(argument.name());
      List<String> choices = argument.list("enum");
      if (value == null && argument.isTrue("required")) {
        return "the argument '" + argument.name() + "' is missing";
      }
      if (value != null && !choices.isEmpty() && !choices.contains(value)) {
        return "the argument '"
            + argument.name()
            + "' must be one of "
            + String.join(", ", choices);
      }
    }
    return null;
  }

  /** Only what is declared becomes a header: no caller sets one of another name. */
  private void prepare(Exchange exchange, Map<String, String> values) {
    Message message = exchange.getMessage();
    message.setBody(values);
    message.setHeader(PromptConstants.PROMPT, name);
    for (GroupedOptions argument : arguments) {
      String value = values.get(argument.name());
      if (value != null) {
        message.setHeader(argument.name(), value);
      }
    }
  }

  private void finish(Exchange exchange, Map<String, String> values, RunningCall call) {
    Exception thrown = exchange.getException();
    if (thrown == null) {
      try {
        Object body = exchange.getMessage().getBody();
        call.result(
            Json.bytes(
                PromptResult.of(body == values ? null : body, exchange.getMessage(), description)));
        return;
      } catch (RuntimeException e) {
        thrown = e;
      }
    }
    call.error(ErrorCodes.INTERNAL_ERROR, failure.told(thrown, exchange, call));
  }
}
