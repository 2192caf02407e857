package io.mcprouter.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Streamable HTTP: a POST for each message, and a GET for what belongs to none. */
final class StreamableLink implements Link {
  private final URI uri;
  private final Map<String, String> headers;
  private final Receiver receiver;
  private final HttpClient http = ClientConnections.own();
  private volatile @Nullable String session;
  private volatile boolean gone;

  StreamableLink(URI uri, Map<String, String> headers, Receiver receiver) {
    this.uri = uri;
    this.headers = headers;
    this.receiver = receiver;
  }

  @Override
  public void send(byte[] message) {
    HttpRequest post =
        request("application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    CompletableFuture<HttpResponse<InputStream>> sent =
        http.sendAsync(post, HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<?> taken =
        sent.handle(
            (response, thrown) -> {
              if (thrown == null) {
                take(message, response);
              } else if (!gone) {
                receiver.failed(message, thrown.toString());
              }
              return null;
            });
    if (expectsNoReply(message)) {
      taken.join(); // a notification or a reply must be with the router before what follows
    }
  }

  private static boolean expectsNoReply(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    return !text.contains("\"id\"") || !text.contains("\"method\"");
  }

  private HttpRequest.Builder request(String accept) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", accept);
    headers.forEach(request::header);
    if (session != null) {
      request.header("Mcp-Session-Id", session);
    }
    return request;
  }

  private void take(byte[] message, HttpResponse<InputStream> response) {
    response.headers().firstValue("Mcp-Session-Id").ifPresent(id -> session = id);
    String type = response.headers().firstValue("Content-Type").orElse("");
    try (InputStream body = response.body()) {
      if (type.startsWith("text/event-stream")) {
        read(body);
      } else {
        byte[] whole = body.readAllBytes();
        if (type.startsWith("application/json")) {
          receiver.accept(whole);
        } else if (response.statusCode() != 202) {
          receiver.failed(
              message, response.statusCode() + " " + new String(whole, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      if (!gone) {
        receiver.failed(message, e.toString());
      }
    }
  }

  private void read(InputStream body) throws IOException {
    EventReader events = new EventReader(body);
    for (EventReader.Event event = events.next(); event != null; event = events.next()) {
      if (event.data().length > 0) {
        receiver.accept(event.data());
      }
    }
  }

  @Override
  public void listen() {
    HttpResponse<InputStream> response =
        http.sendAsync(
                request("text/event-stream").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .join();
    if (response.statusCode() != 200) {
      throw new IllegalStateException("no listening stream: " + response.statusCode());
    }
    Thread.ofVirtual()
        .name("test-client-listening")
        .start(
            () -> {
              try {
                read(response.body());
              } catch (IOException e) {
                if (!gone) {
                  receiver.closed(e.toString());
                }
              }
            });
  }

  /** The session's id, for requests that a test makes by hand. */
  @Nullable String session() {
    return session;
  }

  @Override
  public void close() {
    if (session != null) {
      http.sendAsync(
              request("application/json").DELETE().build(), HttpResponse.BodyHandlers.discarding())
          .join();
    }
    vanish();
  }

  @Override
  public void vanish() {
    gone = true;
    http.shutdownNow();
  }
}
