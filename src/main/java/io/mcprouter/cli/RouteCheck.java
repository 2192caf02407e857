package io.mcprouter.cli;

import io.mcprouter.config.Fault;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.Severity;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.TemplateUse;
import io.mcprouter.routing.RouteCompiler;
import io.mcprouter.routing.files.Doors;
import io.mcprouter.routing.files.RouteFile;
import io.mcprouter.routing.files.RouteFileReport;
import io.mcprouter.routing.files.RouteFiles;
import io.mcprouter.routing.files.ServerRoutes;
import io.mcprouter.routing.guard.Approvals;
import io.mcprouter.routing.guard.ToolCalls;
import io.mcprouter.routing.guard.ToolHints;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Looks at route files, and at entries that name templates of them; nothing is started. */
final class RouteCheck implements AutoCloseable {
  private static final String GUARDRAILS = ToolHints.class.getPackageName() + ".";

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final RouteFiles routes;
  private final List<Fault> faults;

  RouteCheck(Collection<RouteFile> files) {
    camel.build();
    // what the shipped guardrails ask of the router
    camel.getRegistry().bind("mcpToolCalls", new ToolCalls());
    camel.getRegistry().bind("mcpToolHints", ToolHints.class, ToolHints.NONE);
    camel.getRegistry().bind("mcpApprovals", new Approvals((request, agreed) -> {}, true));
    routes = new RouteFiles(camel, ServerRoutes.NONE, Doors.NONE, Duration.ZERO);
    routes.apply(
        files.stream().collect(Collectors.toMap(RouteFile::name, RouteFiles::withoutBeans)));
    this.faults =
        routes.reports().stream().map(RouteFileReport::fault).filter(Objects::nonNull).toList();
  }

  /** What is wrong with the files. */
  List<Fault> faults() {
    return faults;
  }

  /** Where a route of the files stands; null for another. */
  @Nullable SourceLocation place(String routeId) {
    return routes.place(routeId);
  }

  /** A context that is never started, with what the files give. */
  DefaultCamelContext camel() {
    return camel;
  }

  /** What is wrong with the templates that an entry names; null where nothing is. */
  @Nullable Fault fault(ServerDefinition definition) {
    Fault fault = RouteCompiler.templateFault(camel, definition);
    return fault == null ? values(definition) : fault;
  }

  /**
   * Values are known to the beans that take them. Those of the team's own templates may need what
   * is here only when the router runs, and so may placeholders and names of beans.
   */
  private @Nullable Fault values(ServerDefinition definition) {
    List<String> checked =
        definition.router().templates().stream()
            .filter(use -> !use.parameters().isEmpty() && isPlain(use) && isShipped(use.name()))
            .map(TemplateUse::name)
            .toList();
    if (checked.isEmpty()) {
      return null;
    }
    String template = checked.getFirst();
    try {
      for (Map.Entry<String, String> route : RouteCompiler.draw(camel, definition).entrySet()) {
        if (checked.contains(route.getValue())) {
          template = route.getValue();
          makeBeans(route.getKey());
        }
      }
      return null;
    } catch (McpFailure | RuntimeException e) {
      return fault(definition, template, e);
    }
  }

  private static boolean isPlain(TemplateUse use) {
    return use.parameters().values().stream()
        .noneMatch(value -> value.contains("{{") || value.startsWith("#"));
  }

  private boolean isShipped(String template) {
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    List<BeanFactoryDefinition<RouteTemplateDefinition>> beans =
        model.getRouteTemplateDefinition(template).getTemplateBeans();
    return beans != null
        && beans.stream().allMatch(bean -> String.valueOf(bean.getType()).startsWith(GUARDRAILS));
  }

  /** With the parameters in the place in which Camel sets them when it starts a route. */
  private void makeBeans(String routeId) {
    RouteDefinition route = camel.getRouteDefinition(routeId);
    Properties parameters = new Properties();
    route.getTemplateParameters().forEach((name, value) -> parameters.put(name, value.toString()));
    camel.getPropertiesComponent().setLocalProperties(parameters);
    try {
      route.getRouteTemplateContext().getLocalBeanRepository().findByTypeWithName(Object.class);
    } finally {
      camel.getPropertiesComponent().setLocalProperties(null);
    }
  }

  private static Fault fault(ServerDefinition definition, String template, Exception thrown) {
    SourceLocation at =
        definition.router().templates().stream()
            .filter(use -> use.name().equals(template) && use.location() != null)
            .map(TemplateUse::location)
            .findFirst()
            .orElse(definition.location());
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(thrown);
    return new Fault(
        Severity.ERROR,
        at,
        definition.name() + ".router.template",
        "'" + template + "' cannot be used so: " + cause.getMessage());
  }

  @Override
  public void close() {
    camel.stop();
  }
}
