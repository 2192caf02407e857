package io.mcprouter.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP API, that of {@code pets.yaml}, which keeps the requests that it got. */
public final class PetShop implements AutoCloseable {
  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** A request as it arrived: its address is not decoded. */
  public record Request(String method, String uri, Map<String, List<String>> headers, String body) {
    public @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }
  }

  public PetShop() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where the API begins. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  public Request last() {
    return requests.getLast();
  }

  public int count() {
    return requests.size();
  }

  private void answer(HttpExchange http) throws IOException {
    String uri = http.getRequestURI().toString();
    String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(http.getRequestMethod(), uri, Map.copyOf(http.getRequestHeaders()), body));
    http.getResponseHeaders().add("Set-Cookie", "session=of-the-first-user");
    http.getResponseHeaders().add("X-Internal", "secret-of-the-service");
    switch (uri.replaceFirst("^/v1/pets/?", "")) {
      case "missing" -> say(http, 404, "application/json", "{\"error\":\"no such pet\"}");
      case "broken" -> say(http, 500, "text/html", "<h1>Stack trace</h1>");
      case "moved" -> {
        http.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        say(http, 302, "text/plain", "");
      }
      case "huge" -> say(http, 200, "text/plain", "x".repeat(100_000));
      case "gone" -> say(http, 204, "text/plain", "");
      case "7/picture" -> say(http, 200, "image/png", "PNG");
      default -> say(http, 200, "application/json", "{\"uri\":\"" + uri + "\"}");
    }
  }

  private static void say(HttpExchange http, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    http.getResponseHeaders().add("Content-Type", type);
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      try (var out = http.getResponseBody()) {
        out.write(bytes);
      }
    }
    http.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
