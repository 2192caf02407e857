package io.mcprouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mcprouter.config.AccessRules;
import io.mcprouter.config.Authorization;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.FailedServer;
import io.mcprouter.config.McpSettings;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.Presentation;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.TemplateUse;
import io.mcprouter.config.Timeouts;
import io.mcprouter.config.ToolSelection;
import io.mcprouter.config.Transport;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.routing.placeholder.ResolvedAuthorization;
import io.mcprouter.transport.http.HttpComponent;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;
import io.netty.util.HashedWheelTimer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Routes follow the set of servers: on a plain Camel context, with servers inside the test. */
class RouteInstallerTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final HashedWheelTimer timer = new HashedWheelTimer();
  private final HeldServers transport = new HeldServers();
  private final RouteInstaller installer = new RouteInstaller(camel, this::target);
  private final List<String> changes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    HttpComponent component = new HttpComponent();
    component.setConnections(transport);
    camel.addComponent("mcp-http", component);
    camel
        .getRegistry()
        .bind("mcpDeadlines", new DeadlinePolicy(installer::byRoute, Duration.ofMinutes(5), timer));
    camel
        .getRegistry()
        .bind(
            "mcpPlaceholders",
            new PlaceholderProcessor(installer::byRoute, PlaceholderProcessor.UserVariables.NONE));
    camel.start();
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.resolveResource(
                camel, "file:" + Path.of("routes", "mcp-server.camel.yaml")));
    installer.onChange(
        (added, changed, removed) ->
            changes.add(
                new TreeSet<>(added)
                    + " "
                    + new TreeSet<>(changed)
                    + " "
                    + new TreeSet<>(removed)));
  }

  @AfterEach
  void stop() {
    transport.held.keySet().forEach(transport::release);
    await().until(installer::isSettled); // Camel cannot stop while a route is taken out
    camel.stop();
    timer.stop();
  }

  private TargetTemplate target(ServerDefinition definition) throws McpFailure {
    String url = ((Endpoint.Remote) definition.endpoint()).url();
    if (url.contains("bad")) {
      throw McpFailure.of(McpFailure.Kind.NOT_CONFIGURED, definition.name(), "BAD is not set");
    }
    return new TargetTemplate() {
      @Override
      public ResolvedAuthorization authorization(Caller caller, Map<String, String> variables) {
        return new ResolvedAuthorization(Authorization.NONE, OAuthOptions.NONE);
      }

      @Override
      public Set<String> variables() {
        return Set.of();
      }

      @Override
      public boolean isPersonal() {
        return false;
      }

      @Override
      public ConnectionTarget resolve(Caller caller, Map<String, String> variables) {
        return new RemoteTarget(URI.create(url), Map.of(), null, "", false);
      }
    };
  }

  private static ServerDefinition server(String name, String url, String template) {
    return new ServerDefinition(
        name,
        new SourceLocation("mcp-servers.yaml", 1, 1),
        new Endpoint.Remote(Transport.STREAMABLE_HTTP, url, Map.of(), null),
        new Presentation("Title of " + name, null, null, true),
        true,
        Timeouts.DEFAULT,
        ServerInstructions.Choice.ABSENT,
        Map.of(),
        Authorization.NONE,
        new RouterOptions(
            false,
            List.of(TemplateUse.of(template)),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            ToolSelection.ALL,
            AccessRules.OPEN,
            OAuthOptions.NONE));
  }

  static ServerDefinition server(String name, String url) {
    return server(name, url, RouterOptions.DEFAULT_TEMPLATE);
  }

  private static ServerSet set(ServerDefinition... definitions) {
    Map<String, ServerDefinition> servers = new LinkedHashMap<>();
    for (ServerDefinition definition : definitions) {
      servers.put(definition.name(), definition);
    }
    return new ServerSet(servers, List.of(), Map.of(), McpSettings.DEFAULT, List.of());
  }

  private CompletableFuture<String> call(String server) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    installer.send(
        server,
        Frame.of("{\"id\":1,\"method\":\"ping\"}"),
        call,
        (reply, failure) ->
            answer.complete(
                failure == null
                    ? new String(reply.bytes(), StandardCharsets.UTF_8)
                    : failure.kind() + " " + failure.getMessage()));
    return answer;
  }

  private String answerOf(String server) throws Exception {
    return call(server).get(20, TimeUnit.SECONDS);
  }

  private List<String> routeIds() {
    return camel.getRoutes().stream().map(Route::getRouteId).toList();
  }

  @Test
  void a_server_becomes_a_route_that_people_recognise() throws Exception {
    installer.apply(set(server("my server", "http://a/1")));
    Route route = camel.getRoute("mcp.my server");
    assertThat(route.getDescription()).isEqualTo("MCP server Title of my server over mcp-http");
    assertThat(route.getGroup()).isEqualTo("mcp");
    assertThat(answerOf("my server")).isEqualTo(reply("http://a/1"));
    assertThat(changes).containsExactly("[my server] [] []");
  }

  private static String reply(String url) {
    return "{\"id\":1,\"result\":\"" + url + "\"}";
  }

  @Test
  void an_edited_entry_gets_a_new_route_and_calls_in_flight_finish_on_the_old_one()
      throws Exception {
    installer.apply(set(server("a", "http://old/"), server("b", "http://b/")));
    RunningServer untouched = installer.servers().find("b");
    transport.hold("http://old/");
    CompletableFuture<String> inFlight = call("a");

    installer.apply(set(server("a", "http://new/"), server("b", "http://b/")));

    assertThat(answerOf("a")).isEqualTo(reply("http://new/"));
    assertThat(installer.servers().find("b")).isSameAs(untouched);
    assertThat(inFlight).isNotDone();
    assertThat(routeIds()).contains("mcp.a", "mcp.a.2", "mcp.b");
    transport.release("http://old/");
    assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo(reply("http://old/"));
    await().until(() -> !routeIds().contains("mcp.a"));
    assertThat(answerOf("a")).isEqualTo(reply("http://new/"));
    assertThat(changes).containsExactly("[a, b] [] []", "[] [a] []");
  }

  @Test
  void a_call_on_an_old_route_finds_its_own_target_until_it_is_over() throws Exception {
    installer.apply(set(server("a", "http://old/")));
    transport.hold("http://old/");
    CompletableFuture<String> inFlight = call("a");
    installer.apply(set(server("a", "http://new/")));
    assertThat(installer.byRoute("mcp.a").target().resolve(Caller.APPLICATION, Map.of()))
        .hasToString("RemoteTarget[old]");
    transport.release("http://old/");
    inFlight.get(20, TimeUnit.SECONDS);
    await().until(() -> installer.byRoute("mcp.a") == null);
  }

  @Test
  void a_removed_entry_takes_no_more_calls_and_leaves_nothing() throws Exception {
    installer.apply(set(server("a", "http://a/")));
    installer.apply(set());
    assertThat(answerOf("a")).isEqualTo("NOT_CONFIGURED Server 'a': there is no such server");
    await().until(() -> camel.getRoutes().isEmpty());
    assertThat(camel.getRouteDefinitions()).isEmpty();
    await()
        .until(
            () ->
                camel.getEndpoints().stream()
                    .noneMatch(one -> one.getEndpointUri().startsWith("direct")));
  }

  @Test
  void a_removed_server_is_retired_when_its_last_call_has_ended() throws Exception {
    List<String> retired = new CopyOnWriteArrayList<>();
    installer.onChange(
        new ServerChanges() {
          @Override
          public void changed(Set<String> added, Set<String> changed, Set<String> removed) {}

          @Override
          public void retired(String server) {
            retired.add(server);
          }
        });
    installer.apply(set(server("a", "http://old/"), server("b", "http://b/")));
    transport.hold("http://old/");
    CompletableFuture<String> inFlight = call("a");
    installer.apply(set(server("b", "http://other/")));
    await().until(() -> !routeIds().contains("mcp.b"));
    assertThat(retired).as("an edited server, and one with a call").isEmpty();

    transport.release("http://old/");
    inFlight.get(20, TimeUnit.SECONDS);
    await().until(() -> retired.equals(List.of("a")));
  }

  @Test
  void an_entry_that_gives_no_route_fails_alone() throws Exception {
    installer.apply(
        set(
            server("a", "http://a/"),
            server("lost", "http://l/", "no-such-template"),
            server("unset", "http://bad/")));
    assertThat(answerOf("a")).isEqualTo(reply("http://a/"));
    assertThat(answerOf("lost"))
        .startsWith("NOT_CONFIGURED Server 'lost': its entry cannot be used")
        .contains("no-such-template");
    assertThat(answerOf("unset")).contains("BAD is not set");
    assertThat(installer.servers().failed()).containsOnlyKeys("lost", "unset");
    installer.apply(set(server("a", "http://a/"), server("unset", "http://good/")));
    assertThat(answerOf("unset")).isEqualTo(reply("http://good/"));
  }

  @Test
  void only_the_shipped_steps_are_trusted_never_to_block() throws Exception {
    template("guarded", "{to: 'direct:guard'}", "{defaultErrorHandler: {level: 'OFF'}}");
    template(
        "repeating",
        "{to: '{{transport}}:{{server}}'}",
        "{defaultErrorHandler: {redeliveryPolicy: {maximumRedeliveries: 2}}}");
    template("plain", "{to: '{{transport}}:{{server}}'}", "{defaultErrorHandler: {level: 'OFF'}}");
    installer.apply(
        set(
            server("a", "http://a/"),
            server("b", "http://b/", "guarded"),
            server("c", "http://c/", "repeating"),
            server("d", "http://d/", "plain")));

    assertThat(installer.servers().failed()).isEmpty();
    assertThat(installer.servers().all())
        .extracting(RunningServer::isBlocking)
        .containsExactly(false, true, true, false);
  }

  private void template(String id, String lastStep, String errorHandler) throws Exception {
    String yaml =
        """
        - routeTemplate:
            id: %s
            parameters: [{name: server}, {name: title}, {name: transport}, {name: entry}]
            route:
              errorHandler: %s
              from:
                uri: "direct:{{entry}}"
                steps: [{process: {ref: mcpPlaceholders}}, %s]
        """
            .formatted(id, errorHandler, lastStep);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString(id + ".camel.yaml", yaml));
  }

  @Test
  void an_entry_that_gives_no_route_leaves_nothing_however_often_it_is_tried() throws Exception {
    template("unmade", "{to: 'no-such-scheme:x'}", "{defaultErrorHandler: {level: 'OFF'}}");
    for (int i = 0; i < 3; i++) {
      installer.apply(set(server("a", "http://a/" + i, "unmade")));
      assertThat(installer.servers().failed().get("a")).contains("no-such-scheme");
    }
    assertThat(camel.getRoutes()).isEmpty();
    assertThat(camel.getRouteDefinitions()).isEmpty();
    assertThat(endpoints()).noneMatch(uri -> uri.startsWith("direct"));
  }

  private List<String> endpoints() {
    return camel.getEndpoints().stream().map(org.apache.camel.Endpoint::getEndpointUri).toList();
  }

  @Test
  void what_a_users_route_leads_to_stays_while_a_newer_route_leads_there() throws Exception {
    RouteCompiler compiler = new RouteCompiler(camel, this::target);
    ServerDefinition definition = server("notes/0f", "http://a/");
    RunningServer first = compiler.compile(definition, 2);
    RunningServer second = compiler.compile(definition, 3);
    compiler.remove(first);
    compiler.removeTarget(definition);
    assertThat(endpoints()).anyMatch(uri -> uri.startsWith("mcp-http"));
    compiler.remove(second);
    compiler.removeTarget(definition);
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void an_edited_entry_that_gives_no_route_goes_on_as_it_was_and_says_why() throws Exception {
    installer.apply(set(server("a", "http://a/")));
    installer.apply(set(server("a", "http://bad/")));
    installer.apply(set(server("a", "http://bad/"), server("b", "http://b/")));

    assertThat(answerOf("a")).isEqualTo(reply("http://a/"));
    assertThat(installer.servers().failed()).containsExactly(Map.entry("a", "BAD is not set"));
    assertThat(changes).containsExactly("[a] [] []", "[b] [] []");
    installer.apply(set(server("a", "http://good/")));
    assertThat(answerOf("a")).isEqualTo(reply("http://good/"));
    assertThat(installer.servers().failed()).isEmpty();
  }

  @Test
  void an_entry_is_not_blamed_for_a_context_that_has_ended() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(RouteInstaller.class);
    lines.start();
    logger.addAppender(lines);
    try {
      camel.stop();
      installer.apply(set(server("a", "http://bad/")));
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(installer.servers().failed()).containsOnlyKeys("a");
    assertThat(lines.list).filteredOn(e -> e.getLevel().isGreaterOrEqual(Level.INFO)).isEmpty();
  }

  @Test
  void an_entry_that_the_file_got_wrong_says_why() throws Exception {
    FailedServer wrong =
        new FailedServer("w", new SourceLocation("mcp-servers.yaml", 3, 5), List.of());
    installer.apply(
        new ServerSet(Map.of(), List.of(wrong), Map.of(), McpSettings.DEFAULT, List.of()));
    assertThat(answerOf("w")).startsWith("NOT_CONFIGURED").contains("its entry cannot be used");
  }

  @Test
  void the_same_set_again_changes_nothing() {
    installer.apply(set(server("a", "http://a/")));
    RunningServer before = installer.servers().find("a");
    Route route = camel.getRoute("mcp.a");
    installer.apply(set(server("a", "http://a/")));
    assertThat(installer.servers().find("a")).isSameAs(before);
    assertThat(camel.getRoute("mcp.a")).isSameAs(route);
    assertThat(changes).hasSize(1);
  }

  /** Camel's own lists of routes are not made for several threads. */
  @Test
  void no_route_is_taken_out_while_others_are_put_in() {
    installer.apply(set(server("a", "http://a/")));
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    installer.whileNoneIsMade(
        () -> {
          installer.apply(set());
          await().until(() -> camel.getRouteController().getRouteStatus("mcp.a").isStopped());
          assertThat(model.getRouteDefinitions()).hasSize(1);
        });
    await().until(installer::isSettled);
    assertThat(model.getRouteDefinitions()).isEmpty();
  }

  @Test
  void routes_that_are_made_anew_of_a_changed_template_are_news() {
    installer.apply(set(server("a", "http://a/")));
    changes.clear();
    installer.templatesChanged(Set.of("another"));
    assertThat(changes).isEmpty();
    installer.templatesChanged(Set.of("mcp-server"));
    assertThat(changes).containsExactly("[] [] []");
  }

  @Test
  void five_hundred_entries_are_five_hundred_routes() throws Exception {
    installer.apply(
        set(
            IntStream.range(0, 500)
                .mapToObj(i -> server("s" + i, "http://s" + i + "/"))
                .toArray(ServerDefinition[]::new)));
    assertThat(routeIds()).hasSize(500);
    assertThat(answerOf("s0")).isEqualTo(reply("http://s0/"));
    assertThat(answerOf("s499")).isEqualTo(reply("http://s499/"));
  }

  /** Servers that answer with their address, at once or when they are released. */
  private static final class HeldServers implements McpConnections {
    private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

    void hold(String url) {
      held.put(url, new CompletableFuture<>());
    }

    void release(String url) {
      held.get(url).complete(null);
    }

    @Override
    public CompletableFuture<McpConnection> acquire(Exchange exchange, McpEndpoint endpoint) {
      RemoteTarget target = exchange.getProperty(McpConstants.TARGET, RemoteTarget.class);
      String url = target.uri().toString();
      CompletableFuture<Void> go = held.getOrDefault(url, CompletableFuture.completedFuture(null));
      return CompletableFuture.completedFuture(new HeldConnection(url, go));
    }

    @Override
    public CompletableFuture<Void> release(McpEndpoint endpoint) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private record HeldConnection(String url, CompletableFuture<Void> go) implements McpConnection {
    @Override
    public void call(Frame request, McpCall call) {
      go.thenRun(() -> call.complete(Frame.of(reply(url))));
    }

    @Override
    public InitializeResult initialized() {
      throw new UnsupportedOperationException("only calls are answered here");
    }

    @Override
    public void notify(Frame notification) {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public CompletableFuture<Void> close() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
