package io.mcprouter.routing;

import io.mcprouter.config.Fault;
import io.mcprouter.config.NearestName;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.Severity;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.TemplateUse;
import io.mcprouter.transport.spi.McpFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The route templates that an entry names, checked against those that are there. One with a
 * parameter {@code next} is a guardrail: it stands before the next template's route. The last leads
 * to the server.
 */
final class TemplateChain {
  private static final String NEXT = "next";

  /** By whose default a template says which guardrails must not stand before it. */
  private static final String NOT_BEHIND = "notBehind";

  /** What the router itself says to a template, and what a template says to the router. */
  private static final Set<String> OWN =
      Set.of("server", "title", "transport", "timeout", "entry", NEXT, NOT_BEHIND);

  private final ServerDefinition definition;
  private final Map<String, RouteTemplateDefinition> known = new LinkedHashMap<>();

  private TemplateChain(CamelContext camel, ServerDefinition definition) {
    this.definition = definition;
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    model.getRouteTemplateDefinitions().forEach(one -> known.put(one.getId(), one));
  }

  /**
   * The routes of an entry.
   *
   * @param id the id of the route that leads to the server
   * @param entry the name of the direct endpoint where calls come in
   * @throws McpFailure when a template or a parameter is not right, with its place in the file
   */
  static List<TemplateLink> of(
      CamelContext camel, ServerDefinition definition, String id, String entry) throws McpFailure {
    TemplateChain chain = new TemplateChain(camel, definition);
    List<TemplateUse> uses = chain.completeOrFail();
    List<TemplateLink> links = new ArrayList<>();
    for (int i = 0; i < uses.size(); i++) {
      TemplateUse use = uses.get(i);
      boolean last = i == uses.size() - 1;
      links.add(
          new TemplateLink(
              use,
              last ? id : id + "." + (i + 1) + "." + use.name(),
              name(entry, i),
              last ? null : name(entry, i + 1)));
    }
    return links;
  }

  /** What is wrong with the templates of an entry; null where nothing is. */
  static @Nullable Fault fault(CamelContext camel, ServerDefinition definition) {
    try {
      new TemplateChain(camel, definition).complete();
      return null;
    } catch (FaultyUse e) {
      return e.fault;
    }
  }

  private List<TemplateUse> completeOrFail() throws McpFailure {
    try {
      return complete();
    } catch (FaultyUse e) {
      throw McpFailure.of(
          McpFailure.Kind.NOT_CONFIGURED, definition.name(), String.valueOf(e.fault));
    }
  }

  /** No encoded name of a server holds the mark. */
  private static String name(String entry, int position) {
    return position == 0 ? entry : entry + ":" + (position + 1);
  }

  private List<TemplateUse> complete() throws FaultyUse {
    List<TemplateUse> uses = new ArrayList<>(definition.router().templates());
    for (TemplateUse use : uses) {
      check(use);
    }
    for (TemplateUse use : uses.subList(0, uses.size() - 1)) {
      if (!isGuardrail(use)) {
        throw fault(use, "leads to the server, so it must be the last of the list");
      }
    }
    for (int at = 1; at < uses.size(); at++) {
      checkOrder(uses.get(at), uses.subList(0, at));
    }
    if (isGuardrail(uses.getLast())) {
      TemplateUse server = TemplateUse.of(RouterOptions.DEFAULT_TEMPLATE);
      check(server);
      uses.add(server);
    }
    return uses;
  }

  private void checkOrder(TemplateUse use, List<TemplateUse> before) throws FaultyUse {
    RouteTemplateParameterDefinition parameter = parameters(use).get(NOT_BEHIND);
    String names = parameter == null ? null : parameter.getDefaultValue();
    List<String> banned = names == null ? List.of() : List.of(names.split("\\s*,\\s*"));
    for (TemplateUse earlier : before) {
      if (banned.contains(earlier.name())) {
        throw fault(use, "must not stand behind '" + earlier.name() + "': put it before that");
      }
    }
  }

  private boolean isGuardrail(TemplateUse use) {
    return parameters(use).containsKey(NEXT);
  }

  private void check(TemplateUse use) throws FaultyUse {
    if (!known.containsKey(use.name())) {
      throw fault(
          use, "is no known route template" + NearestName.advice(use.name(), known.keySet()));
    }
    Map<String, RouteTemplateParameterDefinition> parameters = parameters(use);
    List<String> own = parameters.keySet().stream().filter(name -> !OWN.contains(name)).toList();
    for (String name : use.parameters().keySet()) {
      if (!own.contains(name)) {
        throw fault(use, "has no parameter '" + name + "'" + NearestName.advice(name, own));
      }
    }
    for (RouteTemplateParameterDefinition parameter : parameters.values()) {
      String name = parameter.getName();
      boolean given = OWN.contains(name) || use.parameters().containsKey(name);
      if (parameter.isRequired() && parameter.getDefaultValue() == null && !given) {
        throw fault(use, "needs the parameter '" + name + "'; its parameters are " + own);
      }
    }
  }

  private Map<String, RouteTemplateParameterDefinition> parameters(TemplateUse use) {
    Map<String, RouteTemplateParameterDefinition> parameters = new LinkedHashMap<>();
    RouteTemplateDefinition template = known.get(use.name());
    if (template != null && template.getTemplateParameters() != null) {
      template.getTemplateParameters().forEach(one -> parameters.put(one.getName(), one));
    }
    return parameters;
  }

  private FaultyUse fault(TemplateUse use, String what) {
    SourceLocation place = use.location() == null ? definition.location() : use.location();
    String path = definition.name() + ".router.template";
    return new FaultyUse(new Fault(Severity.ERROR, place, path, "'" + use.name() + "' " + what));
  }

  /** A template is used otherwise than it can be. */
  private static final class FaultyUse extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    FaultyUse(Fault fault) {
      super(fault.message(), null, false, false);
      this.fault = fault;
    }
  }
}
