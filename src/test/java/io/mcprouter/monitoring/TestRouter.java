package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.wiring.McpRouterApplication;
import io.mcprouter.wiring.RouterLifecycle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole router within the test, on free ports, and a client of it. */
final class TestRouter implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private String url = "";

  /** Starts the control plane and Camel; {@link #open} lets servers and clients in. */
  TestRouter(Path serversFile, String... properties) {
    SpringApplication application = new SpringApplication(McpRouterApplication.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    String[] own = {
      "--mcp-router.servers-file=" + serversFile,
      "--mcp-router.store.data=" + serversFile.resolveSibling("data"),
      "--mcp-router.port=0",
      "--server.port=0"
    };
    context =
        application.run(
            Stream.concat(Arrays.stream(own), Arrays.stream(properties)).toArray(String[]::new));
  }

  void open() throws IOException {
    RouterLifecycle router = context.getBean(RouterLifecycle.class);
    router.open();
    url = router.url();
  }

  /** What the control plane answers, of any status. */
  HttpResponse<String> actuator(String path) throws IOException, InterruptedException {
    int control = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    URI uri = URI.create("http://127.0.0.1:" + control + "/actuator/" + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Opens a client session with one server. */
  Client client(String server) throws IOException, InterruptedException {
    URI uri = URI.create(url).resolve("/servers/" + server + "/mcp");
    HttpResponse<String> answer =
        http.send(
            post(uri)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{\
                        "protocolVersion":"2025-06-18","capabilities":{},\
                        "clientInfo":{"name":"test","version":"1"}}}"""))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String session = answer.headers().firstValue("Mcp-Session-Id").orElse("");
    assertThat(session).as("session in the answer %s", answer.body()).isNotEmpty();
    return new Client(uri, session);
  }

  private static HttpRequest.Builder post(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", "2025-06-18");
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }

  /** A client session with one server. */
  final class Client {
    private final URI uri;
    private final String session;

    private Client(URI uri, String session) {
      this.uri = uri;
      this.session = session;
    }

    /** Calls a tool; the arguments are JSON. */
    String call(String tool, String arguments) {
      return later(tool, arguments).join();
    }

    CompletableFuture<String> later(String tool, String arguments) {
      return send(
          """
          {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s}}"""
              .formatted(tool, arguments));
    }

    CompletableFuture<String> send(String message) {
      HttpRequest request =
          post(uri)
              .header("Mcp-Session-Id", session)
              .POST(HttpRequest.BodyPublishers.ofString(message))
              .build();
      return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
          .thenApply(HttpResponse::body);
    }
  }
}
