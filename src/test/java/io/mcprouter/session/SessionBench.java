package io.mcprouter.session;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.ServerEvents;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpProducer;
import io.mcprouter.transport.spi.ProcessTarget;
import io.mcprouter.transport.spi.RemoteTarget;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Sessions with servers in this JVM, called through the transports' own producer. */
final class SessionBench implements AutoCloseable {
  static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}";
  static final String CAPABILITIES = "{\"elicitation\":{}}";

  final Map<String, SessionPolicy> policies = new ConcurrentHashMap<>();
  final List<String> heard = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();

  /** Whose right each opened session was given, the empty string for nobody's. */
  final List<String> entitled = new CopyOnWriteArrayList<>();

  final Sessions sessions;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Map<FakeServer, Endpoints> endpoints = new ConcurrentHashMap<>();

  SessionBench(SessionSettings settings, Ticker ticker) {
    sessions =
        new Sessions(
            settings, policies::get, new Rights(), new Heard(), List.of(new Told()), ticker);
  }

  SessionBench(SessionSettings settings) {
    this(settings, Ticker.systemTicker());
  }

  SessionBench() {
    this(SessionSettings.DEFAULT);
  }

  static SessionSettings idle(Duration idle) {
    SessionSettings usual = SessionSettings.DEFAULT;
    return new SessionSettings(idle, 10_000, 100, 200, 20, 1_000, usual.sharing(), usual.limits());
  }

  static SessionSettings limits(int sessions, int perUser, int children, int childrenPerUser) {
    SessionSettings usual = SessionSettings.DEFAULT;
    return new SessionSettings(
        usual.idle(),
        sessions,
        perUser,
        children,
        childrenPerUser,
        2,
        usual.sharing(),
        usual.limits());
  }

  static SessionSettings sharing(SessionSettings.Sharing sharing) {
    SessionSettings usual = SessionSettings.DEFAULT;
    return new SessionSettings(usual.idle(), 10_000, 100, 200, 20, 1_000, sharing, usual.limits());
  }

  FakeServer server(String name) {
    return server(name, false, Duration.ofSeconds(10));
  }

  FakeServer server(String name, boolean shared, Duration initTimeout) {
    policies.put(name, new SessionPolicy(shared, "http", initTimeout, Duration.ofMinutes(5)));
    FakeServer server = new FakeServer(name);
    endpoints.put(server, new Endpoints(server));
    return server;
  }

  /** A call of a user who has a connection of their own values. */
  CompletableFuture<Frame> call(FakeServer server, String user) {
    return send(server, by(user), remote(user), CALL);
  }

  static McpCall by(String user) {
    return by(user, McpClient.NONE);
  }

  static McpCall by(String user, McpClient client) {
    Caller caller = user.isEmpty() ? Caller.APPLICATION : new Caller(user, Map.of());
    return new McpCall(caller, client, CallStream.NONE);
  }

  static ConnectionTarget remote(String digest) {
    return new RemoteTarget(
        URI.create("http://127.0.0.1:9/mcp"), Map.of(), null, digest, !digest.equals("common"));
  }

  static ConnectionTarget child(String digest) {
    return new ProcessTarget(
        List.of("server"), Map.of(), null, new ProcessTarget.Stderr.Ignore(), digest, true);
  }

  CompletableFuture<Frame> send(
      FakeServer server, McpCall call, ConnectionTarget target, String json) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty(McpCall.PROPERTY, call);
    exchange.setProperty(McpConstants.TARGET, target);
    exchange.getMessage().setBody(Frame.of(json));
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    producer(server)
        .process(
            exchange,
            sync -> {
              Exception thrown = exchange.getException();
              if (thrown != null) {
                answer.completeExceptionally(thrown);
              } else {
                answer.complete(exchange.getMessage().getBody(Frame.class));
              }
            });
    return answer;
  }

  private McpProducer producer(FakeServer server) {
    Endpoints mine = endpoints.get(server);
    if (mine == null) {
      throw new IllegalArgumentException(server.name);
    }
    return mine.producer;
  }

  /** What the caller is told; fails when nobody tells anything. */
  static String whose(CompletableFuture<Frame> answer) throws Exception {
    Frame reply = answer.get(10, TimeUnit.SECONDS);
    return String.valueOf(reply.result() == null ? null : reply.result().string("whose"));
  }

  static McpFailure failure(CompletableFuture<?> answer) {
    Throwable thrown =
        answer.handle((value, failed) -> failed).orTimeout(10, TimeUnit.SECONDS).join();
    if (thrown == null) {
      throw new AssertionError("it did not fail");
    }
    return McpFailure.from(thrown, "?");
  }

  @Override
  public void close() {
    sessions.stop(Duration.ofSeconds(5));
  }

  private final class Endpoints {
    private final McpProducer producer;

    private Endpoints(FakeServer server) {
      FakeEndpoint endpoint = new FakeEndpoint(new FakeComponent(), server);
      endpoint.setCamelContext(camel);
      this.producer = new FakeProducer(endpoint, sessions);
    }
  }

  private static final class FakeProducer extends McpProducer {
    private FakeProducer(McpEndpoint endpoint, McpConnections connections) {
      super(endpoint, connections);
    }
  }

  private static final class FakeComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> values) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class FakeEndpoint extends McpEndpoint {
    private final FakeServer server;

    private FakeEndpoint(Component component, FakeServer server) {
      super("mcp-fake:" + server.name, component, server.name);
      this.server = server;
    }

    @Override
    public McpConnector connector() {
      return server;
    }

    @Override
    public ConnectionOptions connectionOptions() {
      return ConnectionOptions.plain(
          server.name, Duration.ofSeconds(10), ConnectionOptions.Limits.DEFAULT);
    }

    @Override
    protected ConnectionTarget configuredTarget() {
      return remote("configured");
    }

    @Override
    public @Nullable Producer createProducer() {
      return null;
    }
  }

  private final class Rights implements SessionRights {
    @Override
    public RemoteTarget with(Caller caller, String server, RemoteTarget target) {
      entitled.add(caller.key());
      return target;
    }

    @Override
    public boolean isRequired(String server) {
      return false;
    }
  }

  private final class Heard implements ServerEvents {
    @Override
    public void notified(Source source, Frame notification) {
      heard.add(
          source.server()
              + "/"
              + source.user()
              + "/"
              + source.client()
              + " "
              + notification.method());
    }

    @Override
    public void asked(Source source, Frame request, CallStream.Answer answer) {
      heard.add(source.server() + "/" + source.user() + "/" + source.client() + " asked");
      answer.decline("nobody is there");
    }
  }

  private final class Told implements SessionObserver {
    @Override
    public void opened(String server, String transport, Duration took) {
      told.add("opened " + server + " over " + transport);
    }

    @Override
    public void openFailed(String server, String transport, McpFailure.Kind kind, Duration took) {
      told.add("failed " + server + " " + kind.label());
    }

    @Override
    public void closed(String server, String transport, SessionEnd reason) {
      told.add("closed " + server + " " + reason.label());
    }
  }
}
