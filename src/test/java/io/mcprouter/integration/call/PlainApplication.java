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
      """;

  private PlainApplication() {}

  /**
   * Calls the official example server and every server that is named, and prints the answers.
   *
   * @param args the endpoint of the example server, and {@code NAME=ENDPOINT} for each of the
   *     others, which have the tool {@code echo}
   */
  public static void main(String[] args) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getGlobalOptions().put("CamelJmxDisabled", "true");
      bind(camel, "servers[everything]", args[0]);
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromString("routes.yaml", ROUTES));
      camel.start();
      ProducerTemplate template = camel.createProducerTemplate();
      Map<String, Object> numbers = Map.of("a", "2", "b", "3");
      System.out.println(template.requestBodyAndHeaders("direct:sum", null, numbers));
      for (String server : List.of(args).subList(1, args.length)) {
        String name = server.substring(0, server.indexOf('='));
        bind(camel, "servers[" + name + "]", server.substring(name.length() + 1));
        Map<String, Object> echo = Map.of("message", "over " + name);
        System.out.println(template.requestBody("mcp-call:" + name + "/echo", echo));
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
