package io.mcprouter.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keycloak in a process of its own, on loopback, with the realm of {@code
 * src/test/resources/keycloak}. The Maven profile {@code keycloak-it} unpacks it; starting takes
 * most of a minute, so that all tests of a run share one.
 */
public final class Keycloak implements ExtensionContext.Store.CloseableResource {
  private static final String REALM = "/realms/mcp";
  private static final String ADMIN = "admin";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Path log;
  private final Process process;
  private final Thread atExit = new Thread(this::end);

  Keycloak() {
    try {
      Path home = Path.of(System.getProperty("keycloak.home"));
      Path imported = Files.createDirectories(home.resolve("data/import"));
      Files.copy(
          Path.of("src/test/resources/keycloak/mcp-realm.json"),
          imported.resolve("mcp-realm.json"),
          StandardCopyOption.REPLACE_EXISTING);
      port = freePort();
      log = home.resolveSibling("keycloak.log");
      process = start(home);
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start(Path home) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://127.0.0.1:" + port,
                "--db=dev-mem",
                "--import-realm")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    program.environment().put("JAVA_HOME", System.getProperty("java.home"));
    program.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    program.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
    return program.start();
  }

  private void awaitReady() {
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .failFast("Keycloak ended; see " + log, () -> !process.isAlive())
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(
              () -> send(get(issuer() + "/.well-known/openid-configuration")).statusCode() == 200);
    } catch (ConditionTimeoutException | org.awaitility.core.TerminalFailureException e) {
      close();
      throw e;
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + port + REALM;
  }

  /**
   * An MCP server whose metadata names the realm, and that asks the realm about each token.
   *
   * @param taken which of the realm's tokens it takes
   */
  public ProtectedMcpServer protectedServer(Predicate<IssuedToken> taken) {
    ProtectedMcpServer server =
        ProtectedMcpServer.start(List.of(issuer()), token -> introspected(token).filter(taken));
    server.protection().scope("mcp:tools").audience("protected-mcp-server");
    return server;
  }

  /** What the realm says of an access token that holds now. */
  public Optional<IssuedToken> introspected(String token) {
    JsonNode said =
        post(
            issuer() + "/protocol/openid-connect/token/introspect",
            Map.of(
                "client_id",
                "protected-mcp-server",
                "client_secret",
                "canary-7f3a-secret-of-the-mcp-server",
                "token",
                token));
    if (!said.path("active").asBoolean()) {
      return Optional.empty();
    }
    JsonNode audience = said.path("aud");
    return Optional.of(
        new IssuedToken(
            said.path("jti").asText(),
            said.path("sid").asText(),
            said.path("sub").asText(),
            said.path("client_id").asText(),
            Set.of(said.path("scope").asText().split(" ")),
            audience.isArray() ? audience.path(0).asText() : audience.asText(),
            Instant.ofEpochSecond(said.path("exp").asLong())));
  }

  /** A browser whose user knows a password, and types it where it is asked for. */
  public Browser browserOf(String user) {
    return new Browser().typing("username", user).typing("password", password(user));
  }

  private static String password(String user) {
    return "canary-7f3a-password-of-" + user;
  }

  /** A user's access token for an application of the realm. */
  public String accessToken(String client, String user) {
    return post(
            issuer() + "/protocol/openid-connect/token",
            Map.of(
                "grant_type",
                "password",
                "client_id",
                client,
                "username",
                user,
                "password",
                password(user)))
        .path("access_token")
        .asText();
  }

  /** The id by which tokens name a user. */
  public String subject(String user) {
    return administered("GET", "/users?exact=true&username=" + user).path(0).path("id").asText();
  }

  /** An administrator takes what a user allowed to a client, for as long as offline too. */
  public void withdraw(String user, String client) {
    administered("DELETE", "/users/" + subject(user) + "/consents/" + client);
  }

  /** The clients that registered themselves under a name. */
  public List<JsonNode> clientsNamed(String name) {
    List<JsonNode> named = new ArrayList<>();
    administered("GET", "/clients").forEach(named::add);
    named.removeIf(client -> !client.path("name").asText().equals(name));
    return named;
  }

  private JsonNode administered(String method, String path) {
    String token =
        post(
                "http://127.0.0.1:" + port + "/realms/master/protocol/openid-connect/token",
                Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    ADMIN,
                    "password",
                    ADMIN))
            .path("access_token")
            .asText();
    return json(
        send(
            get("http://127.0.0.1:" + port + "/admin" + REALM + path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)));
  }

  private JsonNode post(String uri, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return json(
        send(
            get(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  private static HttpRequest.Builder get(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(30));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.uri() + " says " + answer.body()).isBetween(200, 299);
    return ProtectedTools.parse(answer.body().isEmpty() ? "{}" : answer.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The script's Java is a child of the script. */
  private void end() {
    Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
        .peek(ProcessHandle::destroyForcibly)
        .forEach(each -> each.onExit().join());
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
    http.close();
  }
}
