package io.mcprouter.testkit;

import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A team's routes in a router that runs. */
public final class RouterRoutes {
  private final CamelContext camel;

  private RouterRoutes(CamelContext camel) {
    this.camel = camel;
  }

  public static RouterRoutes of(RouterUnderTest router) {
    return new RouterRoutes(router.bean(CamelContext.class));
  }

  public static RouterRoutes of(CamelContext camel) {
    return new RouterRoutes(camel);
  }

  public CamelContext camel() {
    return camel;
  }

  /** Binds what routes name. */
  public RouterRoutes bind(Map<String, Object> beans) {
    beans.forEach((name, bean) -> camel.getRegistry().bind(name, bean));
    return this;
  }

  /** Adds routes as if they stood in a file. */
  public RouterRoutes load(String yaml) throws Exception {
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
    return this;
  }

  /** Waits until clients can connect to servers that routes are. */
  public static void awaitServers(RouterUnderTest router, String... servers) {
    for (String server : servers) {
      await(server)
          .ignoreExceptions()
          .until(
              () -> {
                try (McpClient client = McpClient.of(router).server(server).user("ada").connect()) {
                  return !client.initialized().isError();
                }
              });
    }
  }

  /** Stops a route and takes it away. */
  public void remove(String route) throws Exception {
    camel.getRouteController().stopRoute(route);
    camel.removeRoute(route);
  }
}
