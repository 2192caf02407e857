package io.mcprouter.oauth.camel;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * An application that is nothing but Camel, with one route in YAML and the keys of its profiles.
 */
final class RouteUnderTest implements AutoCloseable {
  final DefaultCamelContext camel = new DefaultCamelContext();

  RouteUnderTest(String processor, String profile, Map<String, String> keys) throws Exception {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    keys.forEach((key, value) -> camel.getPropertiesComponent().addInitialProperty(key, value));
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("route.yaml", yaml(processor, profile)));
  }

  /** The route notes in a property that a message came through. */
  private static String yaml(String processor, String profile) {
    return """
        - beans:
            - name: step
              type: io.mcprouter.oauth.camel.%s
              properties:
                profile: "%s"
        - onException:
            exception: [java.lang.Exception]
            continued: {constant: "true"}
        - route:
            from:
              uri: direct:in
              steps:
                - process: {ref: step}
                - setProperty: {name: passed, constant: "yes"}
                - setBody: {simple: "${exchangeProperty.CamelOAuthTokenValidationResult?.subject}"}
        """
        .formatted(processor, profile);
  }

  RouteUnderTest start() {
    camel.start();
    return this;
  }

  Exchange send(Map<String, Object> headers) {
    return camel
        .createFluentProducerTemplate()
        .to("direct:in")
        .withHeaders(headers)
        .withBody("hello")
        .send();
  }

  static boolean passed(Exchange exchange) {
    return "yes".equals(exchange.getProperty("passed"));
  }

  @Override
  public void close() {
    camel.stop();
  }
}
