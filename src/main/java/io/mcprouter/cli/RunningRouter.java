package io.mcprouter.cli;

import io.mcprouter.routing.files.RouteDirectory;
import io.mcprouter.wiring.McpRouterApplication;
import io.mcprouter.wiring.RouterLifecycle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** A router that serves, as a Spring application. */
final class RunningRouter implements AutoCloseable {
  /** What leaves the settings files of this machine out, and keeps the program's own. */
  static final String NO_SETTINGS =
      "--spring.config.location=optional:classpath:/,optional:classpath:/config/";

  private static final Logger LOG = LoggerFactory.getLogger(RunningRouter.class);

  private final ConfigurableApplicationContext context;

  private RunningRouter(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts a router with both its ports; null when it could not, which has been told by then. */
  static @Nullable RunningRouter start(List<String> arguments) {
    return start(
        application(WebApplicationType.SERVLET), arguments, context -> lifecycle(context).open());
  }

  /**
   * Starts a router with both its ports that connects a server when it is called, and not before;
   * null when it could not, which has been told by then.
   */
  static @Nullable RunningRouter startUnconnected(List<String> arguments) {
    return start(
        application(WebApplicationType.SERVLET),
        arguments,
        context -> lifecycle(context).openUnconnected());
  }

  /**
   * Starts a router without any port; null when it could not, which has been told by then.
   *
   * @param defaults settings that count where no file, variable or argument has them
   */
  static @Nullable RunningRouter startWithoutPorts(
      Map<String, Object> defaults, List<String> arguments) {
    SpringApplication application = application(WebApplicationType.NONE);
    application.setDefaultProperties(defaults);
    return start(application, arguments, context -> lifecycle(context).openWithoutPort());
  }

  /**
   * Starts a router without any port for which no file and no variable of this machine counts; null
   * when it could not, which has been told by then.
   *
   * @param routes the route files
   * @param before what is done before the servers and the team's routes are read
   */
  static @Nullable RunningRouter startAside(
      List<String> arguments, RouteDirectory routes, Consumer<RunningRouter> before) {
    SpringApplication application = application(WebApplicationType.NONE);
    application.setEnvironment(new EnvironmentAside());
    return start(
        application,
        Stream.concat(Stream.of(NO_SETTINGS), arguments.stream()).toList(),
        context -> {
          before.accept(new RunningRouter(context));
          lifecycle(context).openWithoutPort(routes, name -> null);
        });
  }

  private static SpringApplication application(WebApplicationType type) {
    SpringApplication application = new SpringApplication(McpRouterApplication.class);
    application.setWebApplicationType(type);
    return application;
  }

  private static RouterLifecycle lifecycle(ConfigurableApplicationContext context) {
    return context.getBean(RouterLifecycle.class);
  }

  private static @Nullable RunningRouter start(
      SpringApplication application, List<String> arguments, Opening opening) {
    application.addInitializers(context -> openAtTheEnd(context, opening));
    try {
      return new RunningRouter(application.run(arguments.toArray(String[]::new)));
    } catch (RuntimeException told) {
      LOG.debug("Spring has reported the failure", told);
      return null;
    }
  }

  /** As part of the start, so that a failure is reported like every other. */
  private static void openAtTheEnd(ConfigurableApplicationContext context, Opening opening) {
    ((GenericApplicationContext) context)
        .registerBean(
            "openRouter", ApplicationRunner.class, () -> arguments -> opening.open(context));
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** Where MCP clients connect. */
  String mcpUrl() {
    return part(RouterLifecycle.class).url() + "/mcp";
  }

  /** Where the control plane is. */
  String url() {
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    Environment settings = context.getEnvironment();
    boolean secure = settings.containsProperty("server.ssl.bundle");
    InetAddress address = settings.getProperty("server.address", InetAddress.class);
    return (secure ? "https" : "http") + "://" + host(address) + ":" + port + "/";
  }

  /** An address that stands for all of this machine's is no address to go to. */
  static String host(@Nullable InetAddress listening) {
    if (listening == null || listening.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String address = listening.getHostAddress();
    return listening instanceof Inet6Address ? "[" + address + "]" : address;
  }

  @Override
  public void close() {
    context.close();
  }

  /** Settings of the program itself alone. */
  private static final class EnvironmentAside extends StandardEnvironment {
    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
      // neither variables nor system properties
    }
  }

  /** How a router opens once everything behind it runs. */
  private interface Opening {
    void open(ConfigurableApplicationContext context) throws Exception;
  }
}
