package io.mcprouter.testkit;

import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.wiring.McpRouterApplication;
import io.mcprouter.wiring.RouterLifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** A router in this JVM, on free ports, with a servers file of its own. */
public final class RouterUnderTest implements AutoCloseable {
  private static final String ROUTES = "mcp-router.routes.directory=";

  private final Path directory;
  private final ConfigurableApplicationContext context;

  private RouterUnderTest(Path directory, ConfigurableApplicationContext context) {
    this.directory = directory;
    this.context = context;
  }

  /**
   * Starts a router; clients can connect when this returns.
   *
   * @param properties settings without the leading dashes, such as {@code mcp-router.strict=true}
   */
  public static RouterUnderTest start(Object servers, String... properties) {
    try {
      Path directory = Files.createTempDirectory("mcp-router-test");
      Path file = Files.writeString(directory.resolve("mcp-servers.yaml"), servers.toString());
      List<String> arguments = new ArrayList<>();
      arguments.add("--mcp-router.servers-file=" + file);
      arguments.add("--mcp-router.port=0");
      arguments.add("--server.port=0");
      arguments.add("--mcp-router.store.data=" + data(directory));
      if (Stream.of(properties).noneMatch(property -> property.startsWith(ROUTES))) {
        arguments.add("--" + ROUTES + Files.createDirectory(directory.resolve("routes")));
      }
      for (String property : properties) {
        arguments.add("--" + property);
      }
      ConfigurableApplicationContext context =
          new SpringApplication(McpRouterApplication.class).run(arguments.toArray(String[]::new));
      RouterUnderTest router = new RouterUnderTest(directory, context);
      router.bean(RouterLifecycle.class).open();
      return router;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  /** The router's data directory, which other processes may open meanwhile. */
  public Path data() {
    return data(directory);
  }

  /** A part of the router, where a test must look inside. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public int port() {
    return bean(DataPlane.class).port();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** An address on the control plane. */
  public URI control(String path) {
    int console = ((WebServerApplicationContext) context).getWebServer().getPort();
    return URI.create("http://localhost:" + console + path);
  }

  /** Edits the servers file, as an editor does: a new file in the place of the old one. */
  public void edit(Object servers) {
    try {
      Path next = Files.writeString(directory.resolve("next"), servers.toString());
      Files.move(next, directory.resolve("mcp-servers.yaml"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a route file, as an editor does.
   *
   * @param name such as {@code orders.camel.yaml}
   */
  public void route(String name, String yaml) {
    try {
      Path next = Files.writeString(directory.resolve("next-route"), yaml);
      Files.move(
          next, directory.resolve("routes").resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a route file away. */
  public void removeRoute(String name) {
    try {
      Files.delete(directory.resolve("routes").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
