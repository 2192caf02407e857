package io.mcprouter.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.cli.test.Mismatch;
import io.mcprouter.cli.test.NamedEndpoints;
import io.mcprouter.cli.test.ReplacedEndpoints;
import io.mcprouter.cli.test.RouteTest;
import io.mcprouter.cli.test.Stub;
import io.mcprouter.cli.test.Stubs;
import io.mcprouter.cli.test.TestFile;
import io.mcprouter.cli.test.TestResult;
import io.mcprouter.cli.test.TestRun;
import io.mcprouter.config.Environment;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.Severity;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.identity.LocalCallers;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.files.RouteDirectory;
import io.mcprouter.routing.files.RouteFileReport;
import io.mcprouter.routing.files.RouteFiles;
import io.mcprouter.session.Sessions;
import io.mcprouter.wiring.BuiltInRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A router for the tests of one file. It has nothing of the machine that it runs on: no settings
 * file, no database, no port; and stubs where servers would be.
 */
final class TestRouter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TestRouter.class);
  private static final Environment NO_VARIABLES = name -> null;

  private final TestFile file;
  private final Stubs stubs;
  private final List<Fault> faults = new ArrayList<>();
  private final Thread atTheEnd = new Thread(this::end, "end-of-test-router");
  private @Nullable Path data;
  private boolean ended;
  private @Nullable ReplacedEndpoints endpoints;
  private volatile @Nullable RunningRouter router;

  private TestRouter(TestFile file) {
    this.file = file;
    this.stubs = new Stubs(file.stubs());
  }

  /** Starts a router; where that is not possible, {@link #faults} say why. */
  static TestRouter start(TestFile file, boolean verbose) throws IOException {
    TestRouter started = new TestRouter(file);
    Runtime.getRuntime().addShutdownHook(started.atTheEnd);
    try {
      started.start(verbose);
      return started;
    } catch (IOException | RuntimeException e) {
      try (started) {
        throw e;
      }
    }
  }

  private void start(boolean verbose) throws IOException {
    Path directory = makeData();
    Path servers = directory.resolve("servers.json");
    String entries = new String(Json.bytes(entries()), StandardCharsets.UTF_8);
    Files.writeString(servers, entries);
    checkEntries(entries);
    if (!faults.isEmpty()) {
      return;
    }
    RunningRouter running =
        RunningRouter.startAside(arguments(directory, servers, verbose), routes(), this::prepare);
    router = running;
    if (running == null) {
      faults.add(fault(start(), "the router could not start; standard error says why"));
    } else {
      checkRoutes(running.part(RouteFiles.class).reports());
      running.part(RouteInstaller.class).servers().failed().forEach(this::checkServer);
    }
    checkEndpoints();
  }

  /** What was refused is told once, even where it was no reason for a route to fail. */
  private void checkEndpoints() {
    List<String> refused = endpoints == null ? List.of() : endpoints.takeRefused();
    for (String what : refused) {
      if (faults.stream().noneMatch(fault -> fault.message().contains(what))) {
        faults.add(fault(start(), what));
      }
    }
  }

  private synchronized Path makeData() throws IOException {
    if (ended) {
      throw new IllegalStateException("The program is told to end.");
    }
    Path made = Files.createTempDirectory("mcp-router-test");
    data = made;
    return made;
  }

  /** The stubs as entries of a servers file. */
  private ObjectNode entries() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ObjectNode servers = all.putObject("mcpServers");
    for (Stub stub : file.stubs().values()) {
      servers.putObject(stub.name()).put("command", "stub").setAll(stub.entry());
    }
    return all;
  }

  /** What the file with the tests says of a stub is wrong where the stub stands there. */
  private void checkEntries(String entries) {
    McpServersFile read =
        new McpServersReader(NO_VARIABLES, true).read(file.path().toString(), entries);
    for (Fault fault : read.faults()) {
      Stub stub = file.stubs().get(fault.path().replaceFirst("\\..*", ""));
      String path = fault.path().replaceFirst("\\.router\\.", ".");
      SourceLocation at = stub == null ? start() : stub.place(path, fault.message());
      faults.add(new Fault(Severity.ERROR, at, "servers." + path, fault.message()));
    }
  }

  private void checkRoutes(List<RouteFileReport> reports) {
    reports.stream().map(RouteFileReport::fault).filter(Objects::nonNull).forEach(faults::add);
  }

  /** A guardrail that cannot be used; its place is where the stub names it. */
  private void checkServer(String name, String reason) {
    Stub stub = file.stubs().get(name);
    String what = reason.replaceFirst("^\\S+servers\\.json:\\d+:\\d+: [^:]*: ", "");
    faults.add(
        new Fault(
            Severity.ERROR,
            stub == null ? start() : stub.place("template", what),
            "servers." + name + (stub == null ? "" : ".template"),
            what));
  }

  private SourceLocation start() {
    return new SourceLocation(file.path().toString(), 1, 1);
  }

  private static Fault fault(SourceLocation at, String message) {
    return new Fault(Severity.ERROR, at, "tests", message);
  }

  /** Of two files of one name, the later counts. */
  private RouteDirectory routes() throws IOException {
    RouteDirectory routes = new RouteDirectory(null, BuiltInRoutes.read());
    for (Path place : file.routes()) {
      routes = new RouteDirectory(place, routes.read());
    }
    return routes;
  }

  private List<String> arguments(Path directory, Path servers, boolean verbose) {
    List<String> arguments = new ArrayList<>();
    file.properties().forEach((key, value) -> RunCommand.add(arguments, key, value));
    RunCommand.add(arguments, "mcp-router.servers-file", servers);
    RunCommand.add(arguments, "mcp-router.routes.reload", false);
    RunCommand.add(arguments, DataOption.KEY, directory);
    if (!verbose) {
      RunCommand.add(arguments, "logging.level.root", "error");
      RunCommand.add(arguments, "logging.level.io.mcprouter", "error");
    }
    return arguments;
  }

  private void prepare(RunningRouter starting) {
    CamelContext camel = starting.part(CamelContext.class);
    PropertiesComponent properties = (PropertiesComponent) camel.getPropertiesComponent();
    properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    endpoints = new ReplacedEndpoints(camel, file, stubs, starting.part(Sessions.class));
    camel.getCamelContextExtension().registerEndpointCallback(endpoints);
  }

  /** Why the tests cannot be run; empty where they can. */
  List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Runs the tests in the order of the file. */
  List<TestResult> run() throws InterruptedException {
    RunningRouter running = Objects.requireNonNull(router, "it has started");
    ReplacedEndpoints replaced = Objects.requireNonNull(endpoints, "it has started");
    CamelContext camel = running.part(CamelContext.class);
    TestRun run =
        new TestRun(
            camel, running.part(McpCalls.class), running.part(LocalCallers.class), stubs, replaced);
    List<TestResult> results = new ArrayList<>();
    for (RouteTest test : file.tests()) {
      results.add(run.run(test));
    }
    List<Mismatch> missing = new NamedEndpoints(camel, replaced).missing(file);
    if (!missing.isEmpty()) {
      results.add(new TestResult("the endpoints that the file names are there", 0, missing));
    }
    return results;
  }

  @Override
  public void close() throws IOException {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException ending) {
      LOG.debug("The program is told to end", ending); // which takes no hook back any more
    }
  }

  /** Whoever is first does it: the command, or the program that is told to end. */
  private synchronized void stop() throws IOException {
    ended = true;
    RunningRouter running = router;
    if (running != null) {
      running.close();
    }
    FileSystemUtils.deleteRecursively(data);
  }

  private void end() {
    try {
      stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
