package io.mcprouter.testkit;

import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicReference;

/** The HTTP client that all test clients share, and with it their kept-alive connections. */
public final class ClientConnections {
  private static final AtomicReference<HttpClient> CLIENT = new AtomicReference<>(newClient());

  private ClientConnections() {}

  static HttpClient client() {
    return CLIENT.get();
  }

  /** Drops every connection, so that a test can count what the router alone holds. */
  public static void drop() {
    CLIENT.getAndSet(newClient()).shutdownNow();
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(task -> Thread.ofVirtual().name("test-client").start(task))
        .build();
  }
}
