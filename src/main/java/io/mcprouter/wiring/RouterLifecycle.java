package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.config.Environment;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.config.reader.ServersFileWatcher;
import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.identity.OwnOrigins;
import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.files.RouteDirectory;
import io.mcprouter.routing.files.RouteFileReport;
import io.mcprouter.routing.files.RouteFiles;
import io.mcprouter.routing.files.RouteFilesWatcher;
import io.mcprouter.session.Sessions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** The order in which the router starts behind Camel, and stops before it. */
@Component
public class RouterLifecycle implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RouterLifecycle.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** Where the servers file is looked for when none is named; only then it may be missing. */
  static final Path DEFAULT_FILE = Path.of("config", "mcp-servers.yaml");

  private final McpRouterProperties properties;
  private final Path file;
  private final RouteInstaller routes;
  private final Sessions sessions;
  private final Catalog catalog;
  private final DataPlane dataPlane;
  private final StartUp startUp;
  private final Vertx vertx;
  private final CurrentAddressPolicy addresses;
  private final RouterUrl url;
  private final ObjectProvider<ServerProperties> controlPlane;
  private final RouteFiles routeFiles;
  private final RouteServers routeServers;
  private @Nullable RouteFilesWatcher routeWatcher;
  private @Nullable ServersFileWatcher watcher;
  private volatile boolean running;

  RouterLifecycle(
      McpRouterProperties properties,
      RouteInstaller routes,
      Sessions sessions,
      Catalog catalog,
      DataPlane dataPlane,
      StartUp startUp,
      Vertx vertx,
      CurrentAddressPolicy addresses,
      RouterUrl url,
      ObjectProvider<ServerProperties> controlPlane,
      RouteFiles routeFiles,
      RouteServers routeServers) {
    this.routeFiles = routeFiles;
    this.routeServers = routeServers;
    this.url = url;
    this.controlPlane = controlPlane;
    this.properties = properties;
    this.file = properties.serversFile() == null ? DEFAULT_FILE : properties.serversFile();
    this.routes = routes;
    this.sessions = sessions;
    this.catalog = catalog;
    this.dataPlane = dataPlane;
    this.startUp = startUp;
    this.vertx = vertx;
    this.addresses = addresses;
  }

  /** Spring starts nothing by this: Camel's routes must be loaded first, see {@link #open}. */
  @Override
  public void start() {
    running = true;
  }

  /** Reads the servers, makes their routes and lets clients in; Camel is running already. */
  public void open() throws IOException {
    openUnconnected();
    startUp.connect(routes.servers());
  }

  /** The same, but each server is connected when it is called, and not before. */
  public void openUnconnected() throws IOException {
    checkHosts();
    load(routeDirectory(), Environment.ofProcess());
    listen();
  }

  /** The same for the one client that is served over standard streams: nothing is listened on. */
  public void openWithoutPort() throws IOException {
    openWithoutPort(routeDirectory(), Environment.ofProcess());
  }

  /**
   * The same with these route files.
   *
   * @param files what counts instead of the directory of the settings
   * @param variables what counts for the entries instead of the environment of the process
   */
  public void openWithoutPort(RouteDirectory files, Environment variables) throws IOException {
    load(files, variables);
    startUp.connect(routes.servers());
  }

  private RouteDirectory routeDirectory() {
    return new RouteDirectory(properties.routes().directory(), BuiltInRoutes.read());
  }

  /** Templates come before the servers that are made of them, and these before whoever calls. */
  private void load(RouteDirectory files, Environment variables) throws IOException {
    RouteFilesWatcher opened = loadRoutes(files);
    McpServersReader reader = new McpServersReader(variables, properties.strict());
    apply(servers(reader));
    routeFiles.start();
    routeServers.settle(); // whoever connects first finds them
    if (properties.routes().reload()) {
      opened.begin();
    }
  }

  private RouteFilesWatcher loadRoutes(RouteDirectory files) throws IOException {
    RouteFilesWatcher opened = new RouteFilesWatcher(files, routeFiles);
    routeWatcher = opened;
    List<Fault> faults =
        routeFiles.reports().stream().map(RouteFileReport::fault).filter(Objects::nonNull).toList();
    if (properties.strict() && !faults.isEmpty()) {
      throw CannotStartException.wrongRoutes(faults);
    }
    return opened;
  }

  /** Where servers may be comes first: it holds for those that are new. */
  private void apply(ServerSet servers) {
    addresses.apply(servers.settings());
    routes.apply(servers);
  }

  private void listen() {
    try {
      dataPlane.start();
    } catch (IllegalStateException e) {
      if (NestedExceptionUtils.getMostSpecificCause(e) instanceof BindException) {
        throw CannotStartException.portTaken(properties.host(), properties.port());
      }
      throw e;
    }
  }

  /** Without authentication only this machine may reach the router, on either port. */
  private void checkHosts() throws IOException {
    if (properties.authentication().isRequired()) {
      return;
    }
    if (!InetAddress.getByName(properties.host()).isLoopbackAddress()) {
      throw CannotStartException.reachable("mcp-router.host", properties.host());
    }
    URI published = properties.publicUrl();
    if (published != null && !OwnOrigins.isLoopback(String.valueOf(published.getAuthority()))) {
      LOG.warn(
          "Nobody has to prove who they are, and {} names this router: whoever gets through the"
              + " proxy there is the local user, or whomever their headers name. Configure"
              + " mcp-router.authentication",
          published);
    }
    InetAddress console = controlPlane.getObject().getAddress();
    if (console == null || !console.isLoopbackAddress()) {
      throw CannotStartException.reachable(
          "server.address", console == null ? "not set" : console.getHostAddress());
    }
  }

  private ServerSet servers(McpServersReader reader) {
    McpServersFile read = read(reader);
    read.faults().forEach(RouterLifecycle::log);
    return switch (read) {
      case McpServersFile.Accepted accepted
          when properties.strict() && accepted.servers().hasErrors() ->
          throw CannotStartException.wrong(file, accepted.faults());
      case McpServersFile.Accepted accepted -> accepted.servers();
      case McpServersFile.Refused refused ->
          throw CannotStartException.wrong(file, refused.faults());
    };
  }

  /**
   * The file is watched also where it is absent: it takes the demo server's place when it comes.
   */
  private McpServersFile read(McpServersReader reader) {
    boolean absent = Files.notExists(file);
    if (absent && properties.serversFile() != null) {
      throw CannotStartException.missing(file);
    }
    ServersFileWatcher opened = new ServersFileWatcher(file, reader, new Reload());
    watcher = opened;
    McpServersFile read = opened.start();
    if (!absent || read instanceof McpServersFile.Accepted) {
      return read;
    }
    LOG.info("{} does not exist: the demo server alone is served", file);
    return BuiltInServers.read(reader);
  }

  private static void log(Fault fault) {
    if (fault.isError()) {
      LOG.error("{}", fault);
    } else {
      LOG.warn("{}", fault);
    }
  }

  /** Where MCP clients on this machine connect. */
  public String url() {
    return url.local();
  }

  @Override
  public void stop() {
    running = false;
    try {
      if (watcher != null) {
        watcher.close();
      }
      if (routeWatcher != null) {
        routeWatcher.close();
      }
    } catch (IOException e) {
      LOG.warn("A watcher of files could not be closed", e);
    }
    dataPlane.close();
    routeFiles.stop(); // what they call is there until they have ended
    catalog.close();
    sessions.stop(STOP_LIMIT);
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before everything else: no call comes in while the routes go away. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  private final class Reload implements ServersFileWatcher.Listener {
    @Override
    public void changed(ServerSet next) {
      next.faults().forEach(RouterLifecycle::log);
      apply(next);
      startUp.connect(routes.servers());
      LOG.info("{} was read again: {}", file, ReadServers.of(next, routes.servers()));
    }

    @Override
    public void refused(List<Fault> faults) {
      faults.forEach(RouterLifecycle::log);
      LOG.error("{} is wrong as a whole: the servers stay as they were", file);
    }
  }
}
