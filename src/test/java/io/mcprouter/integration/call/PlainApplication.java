package io.mcprouter.integration.call;

import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;

/** A Camel application that has nothing of the router but its components. */
final class PlainApplication {
  private static final String ROUTES =
      """
      - route:
          id: sum
          from:
            uri: direct:sum
            steps:
              - to:
                  uri: mcp-call:everything/get-sum
                  parameters:
                    arguments: headers
                    validate: true
                    result: text
      - route:
          id: echo
          from:
            uri: direct:echo
            steps:
              - to:
                  uri: mcp-call:remote/echo
      """;

  private PlainApplication() {}

  /**
   * Calls a stdio server and one over HTTP, and prints the answers.
   *
   * @param args the endpoint of the first, and that of the second
   */
  public static void main(String[] args) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getGlobalOptions().put("CamelJmxDisabled", "true");
      bind(camel, "servers[everything]", args[0]);
      bind(camel, "servers[remote]", args[1]);
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromString("routes.yaml", ROUTES));
      camel.start();
      ProducerTemplate template = camel.createProducerTemplate();
      for (Object answer :
          List.of(
              template.requestBodyAndHeaders("direct:sum", null, Map.of("a", "2", "b", "3")),
              template.requestBody("direct:echo", Map.of("message", "over HTTP")))) {
        System.out.println(answer);
      }
    }
  }

  /** As {@code camel.component.mcp-call.servers[NAME]} in a properties file does. */
  private static void bind(DefaultCamelContext camel, String property, String value) {
    PropertyBindingSupport.build()
        .withCamelContext(camel)
        .withTarget(camel.getComponent("mcp-call"))
        .withConfigurer(
            PluginHelper.getConfigurerResolver(camel)
                .resolvePropertyConfigurer("mcp-call-component", camel))
        .withProperty(property, value)
        .bind();
  }
}
