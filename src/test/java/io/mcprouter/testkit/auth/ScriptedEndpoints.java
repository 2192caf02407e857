package io.mcprouter.testkit.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Endpoints over HTTP on loopback that record each request and misbehave where told to. */
final class ScriptedEndpoints implements AutoCloseable {
  private static final byte[] NOISE = "x".repeat(8 * 1024).getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<String, @Nullable Endpoint> paths;
  private final Function<RecordedRequest, Answer> answers;
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong noise = new AtomicLong();
  final Faults faults = new Faults();

  ScriptedEndpoints(
      Function<String, @Nullable Endpoint> paths, Function<RecordedRequest, Answer> answers) {
    this.paths = paths;
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  void forgetRequests() {
    requests.clear();
  }

  /** How much of endless bodies the clients have taken. */
  long noise() {
    return noise.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Endpoint endpoint = paths.apply(exchange.getRequestURI().getPath());
      if (endpoint == null) {
        send(exchange, Answer.status(404));
        return;
      }
      RecordedRequest request = read(endpoint, exchange);
      requests.add(request);
      answer(exchange, request, faults.of(endpoint));
    }
  }

  private void answer(HttpExchange exchange, RecordedRequest request, @Nullable Fault fault)
      throws IOException {
    switch (fault) {
      case null -> send(exchange, act(request));
      case Fault.Redirect(var to) ->
          send(exchange, new Answer(307, Map.of("Location", to.toString()), ""));
      case Fault.Status(var status) -> send(exchange, Answer.status(status));
      case Fault.OAuthError(var error) ->
          send(exchange, Answer.error(new Refusal(error, "as the test said")));
      case Fault.Body(var json) ->
          send(exchange, new Answer(200, Map.of("Content-Type", "application/json"), json));
      case Fault.EndlessBody() -> sendWithoutEnd(exchange);
      // leaving without an answer closes the connection
      case Fault.LostResponse() -> act(request);
      case Fault.Hold hold -> {
        hold.pass();
        send(exchange, act(request));
      }
    }
  }

  private Answer act(RecordedRequest request) {
    try {
      return answers.apply(request);
    } catch (Refusal refusal) {
      return Answer.error(refusal);
    } catch (RuntimeException e) {
      return new Answer(500, Map.of("Content-Type", "text/plain"), e.toString());
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Ends when the client hangs up or the server closes, which both show as an IOException. */
  private void sendWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write("{\"padding\":\"".getBytes(StandardCharsets.UTF_8));
    while (true) {
      body.write(NOISE);
      body.flush();
      noise.addAndGet(NOISE.length);
    }
  }

  private static RecordedRequest read(Endpoint endpoint, HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    String type = headers.getOrDefault("content-type", List.of("")).getFirst();
    String form = type.startsWith("application/x-www-form-urlencoded") ? body : "";
    return new RecordedRequest(
        endpoint,
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        parameters(exchange.getRequestURI().getRawQuery(), form),
        headers,
        body);
  }

  private static Map<String, List<String>> parameters(@Nullable String query, String form) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    Stream.of(query == null ? "" : query, form)
        .flatMap(text -> Stream.of(text.split("&")))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair ->
                parameters
                    .computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                    .add(pair.length == 2 ? decoded(pair[1]) : ""));
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
