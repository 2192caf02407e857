package io.mcprouter.testkit;

import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The connections of test clients. Those over HTTP have their own: the JDK's client may close a
 * connection that it has given to somebody else already when a request is cancelled.
 */
public final class ClientConnections {
  private static final AtomicReference<HttpClient> SHARED = new AtomicReference<>(own());

  private ClientConnections() {}

  /** The client of all websockets, each of which is a connection of its own. */
  static HttpClient shared() {
    return SHARED.get();
  }

  /** Drops every connection, so that a test can count what the router alone holds. */
  public static void drop() {
    SHARED.getAndSet(own()).shutdownNow();
  }

  /** A client for one user of it, who shuts it down. */
  static HttpClient own() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(task -> Thread.ofVirtual().name("test-client").start(task))
        .build();
  }
}
