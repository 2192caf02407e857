package io.mcprouter.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The pair of 2024-11-05: one stream of events, and an address beside it for messages. */
final class SseLink implements Link {
  private final Map<String, String> headers;
  private final Receiver receiver;
  private final HttpClient http = ClientConnections.own();
  private final EventReader events;
  private final URI address;

  SseLink(URI uri, Map<String, String> headers, Receiver receiver) {
    this.headers = headers;
    this.receiver = receiver;
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    headers.forEach(request::header);
    try {
      InputStream stream =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body();
      events = new EventReader(stream);
      EventReader.Event endpoint =
          Objects.requireNonNull(events.next(), "the stream ended before the endpoint event");
      if (!endpoint.name().equals("endpoint")) {
        throw new IllegalStateException("the first event is " + endpoint.name());
      }
      address = uri.resolve(new String(endpoint.data(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().name("test-client-events").start(this::read);
  }

  private void read() {
    try {
      for (EventReader.Event event = events.next(); event != null; event = events.next()) {
        receiver.accept(event.data());
      }
      receiver.closed("the stream ended");
    } catch (IOException e) {
      receiver.closed(e.toString());
    }
  }

  @Override
  public void send(byte[] message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    headers.forEach(request::header);
    HttpResponse<String> response =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join();
    if (response.statusCode() != 202) {
      receiver.failed(message, response.statusCode() + " " + response.body());
    }
  }

  @Override
  public void close() {
    vanish();
  }

  @Override
  public void vanish() {
    http.shutdownNow();
  }
}
