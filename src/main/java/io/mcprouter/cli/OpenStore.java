package io.mcprouter.cli;

import io.mcprouter.wiring.StoreApplication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;

/** The store that a router with the same settings uses; that router may be running. */
final class OpenStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

  private final ConfigurableApplicationContext context;

  private OpenStore(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** A part of the store. */
  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  /** The options that say which store it is. */
  static final class Options {
    @Mixin private DataOption data;

    /** Opens it; null where it cannot be opened, which has been told by then. */
    @Nullable OpenStore open() {
      List<String> arguments = new ArrayList<>();
      data.addTo(arguments);
      arguments.add("--logging.level.io.mcprouter=warn");
      SpringApplication application = new SpringApplication(StoreApplication.class);
      application.setWebApplicationType(WebApplicationType.NONE);
      application.setRegisterShutdownHook(false);
      try {
        return new OpenStore(application.run(arguments.toArray(String[]::new)));
      } catch (RuntimeException told) {
        LOG.debug("Spring has reported the failure", told);
        return null;
      }
    }
  }
}
