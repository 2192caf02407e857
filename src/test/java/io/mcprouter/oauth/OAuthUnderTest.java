package io.mcprouter.oauth;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import io.mcprouter.credential.Sealing;
import io.mcprouter.credential.Store;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Nodes of a router, a server that wants tokens, and the authorization server that gives them. */
final class OAuthUnderTest implements AutoCloseable {
  static final String SERVER = "guarded";
  static final Caller ADA = new Caller("ada", Map.of());
  static final Caller BOB = new Caller("bob", Map.of());
  static final String BROWSER = "the-cookie-of-adas-browser";
  static final OAuthSettings NOTHING_WRITTEN =
      new OAuthSettings(
          null, null, null, null, null, null, null, null, List.of(), List.of(), List.of(),
          List.of(), List.of(), false, null, true, true);

  final ScriptedAuthorizationServer authorization = ScriptedAuthorizationServer.start();
  final ProtectedMcpServer server;
  final List<String> changes = new CopyOnWriteArrayList<>();
  final SettableClock clock = new SettableClock();
  final OAuth node;
  final Sealing sealing;

  private final StoreUnderTest database;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final GuardedSender sender;
  private final List<OAuth> nodes = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile OAuthTarget target;
  private volatile @Nullable OAuthTarget onPages;
  private volatile OAuthPlaces places = OAuthPlaces.under(URI.create("http://127.0.0.1:8091"));

  OAuthUnderTest(StoreUnderTest database) {
    this(database, null);
  }

  /**
   * Takes another server than the usual one.
   *
   * @param other null for the usual one, whose tokens are of the scripted authorization server
   */
  OAuthUnderTest(StoreUnderTest database, @Nullable ProtectedMcpServer other) {
    this.database = database;
    this.server = other == null ? ProtectedMcpServer.start(authorization) : other;
    camel.start();
    sender = new GuardedSender(camel, AddressPolicy.OPEN);
    target = new OAuthTarget(SERVER, URI.create(server.url(South.HTTP)));
    sealing = Sealing.open(database.store(), database.masterKey(), clock);
    node = node(database.store(), sealing);
  }

  /** A moment that a test chooses. */
  static final class SettableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  OAuth node(Store store) {
    return node(store, Sealing.open(store, database.masterKey(), clock));
  }

  private OAuth node(Store store, Sealing with) {
    OAuth made =
        new OAuth(
            store,
            with,
            any -> sender,
            places,
            (caller, name) -> onPages == null ? target : onPages,
            new OAuthObserver() {
              @Override
              public void authorized(String tenant, String user, String server) {
                changes.add("authorized " + user + " " + server);
              }

              @Override
              public void revoked(String tenant, String user, String server) {
                changes.add("revoked " + user + " " + server);
              }
            },
            clock);
    nodes.add(made);
    return made;
  }

  OAuth nodeAt(OAuthPlaces elsewhere) {
    places = elsewhere;
    return node(database.store());
  }

  OAuthTarget target() {
    return target;
  }

  /** The administrator writes something else of the server from now on. */
  void target(UnaryOperator<OAuthTarget> change) {
    target = change.apply(target);
  }

  /** What the entry is for a caller without user fields, such as one whom a browser proved. */
  void onPages(OAuthTarget other) {
    onPages = other;
  }

  void written(OAuthSettings settings, OAuthOptions options) {
    target =
        new OAuthTarget(
            SERVER,
            target.url(),
            new Authorization(
                null,
                settings,
                Map.of(),
                null,
                Authorization.DEFAULT_WAIT,
                false,
                Authorization.DEFAULT_WAIT),
            options);
  }

  /** Calls a tool as a transport does: a refused request is sent once more where that may help. */
  String call(OAuth at, Caller caller, String tool) throws McpFailure {
    io.mcprouter.transport.spi.Authorization right = at.authorization(caller, target);
    String value = value(right);
    HttpResponse<String> answer = send(tool, value);
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      String challenge = answer.headers().firstValue("WWW-Authenticate").orElse(null);
      try {
        right.refused(answer.statusCode(), challenge, value).join();
      } catch (CompletionException e) {
        throw McpFailure.from(e, SERVER);
      }
      answer = send(tool, value(right));
    }
    return answer.statusCode() + " " + answer.body();
  }

  static String value(io.mcprouter.transport.spi.Authorization right) throws McpFailure {
    try {
      return right.value().join();
    } catch (CompletionException e) {
      throw McpFailure.from(e, SERVER);
    }
  }

  private HttpResponse<String> send(String tool, String value) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url(South.HTTP)))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s"}}"""
                        .formatted(tool)));
    if (value != null) {
      request.header("Authorization", value);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The id of the link that a call is answered with. */
  String link(Caller caller, String tool) {
    try {
      throw new AssertionError("no login was asked for: " + call(node, caller, tool));
    } catch (McpFailure e) {
      return idOf(e);
    }
  }

  /** The id of the link that a refused request is answered with. */
  static String link(
      io.mcprouter.transport.spi.Authorization right, String challenge, @Nullable String sent) {
    try {
      right.refused(401, challenge, sent).join();
      throw new AssertionError("no login was asked for");
    } catch (CompletionException e) {
      return idOf(McpFailure.from(e, SERVER));
    }
  }

  private static String idOf(McpFailure refused) {
    if (refused.link() == null) {
      throw new AssertionError("no link: " + refused.getMessage(), refused);
    }
    return refused.link().substring(refused.link().lastIndexOf('/') + 1);
  }

  /** Where the authorization server sends the browser back to. */
  URI answer(URI authorizationUrl) {
    try (Browser browser = new Browser()) {
      return browser.open(authorizationUrl, uri -> uri.getPort() == 8091).uri();
    }
  }

  static Map<String, List<String>> parameters(URI callback) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : callback.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters
          .computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  /** From a call that is refused to a right. */
  void login(Caller caller) throws OAuthFailure, McpFailure {
    finish(node.begin(link(caller, "whoami"), caller, BROWSER), caller);
  }

  void finish(URI authorizationUrl, Caller caller) throws OAuthFailure, McpFailure {
    node.finish(parameters(answer(authorizationUrl)), caller, BROWSER);
  }

  @Override
  public void close() {
    nodes.forEach(OAuth::close);
    http.close();
    sender.close();
    camel.stop();
    server.close();
    authorization.close();
  }
}
