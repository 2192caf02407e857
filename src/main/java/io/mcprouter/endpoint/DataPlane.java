package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.identity.Callers;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.ServerCalls;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the data plane: one listener for each event loop, all on the same port. */
public final class DataPlane implements AutoCloseable {
  private static final long SWEEP_MILLIS = 1_000;

  /**
   * Longer than any sign of life that a live connection shows; what is silent for longer is gone.
   */
  private static final int IDLE_SECONDS = 600;

  /** As much of a body as the system gives at once: smaller pieces only cost. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final Vertx vertx;
  private final Front front;
  private final Callers callers;
  private final Catalog catalog;
  private final ServerCalls servers;
  private final @Nullable Tls tls;
  private final Map<String, LegacySse.Connection> connections = LegacySse.noConnections();
  private volatile int port;
  private @Nullable String listeners;
  private long sweeper;

  /**
   * Prepares the listeners.
   *
   * @param disclosure what callers are told of failures
   * @param tls for TLS, or null for plain HTTP
   */
  public DataPlane(
      Vertx vertx,
      EndpointSettings settings,
      Authentication authentication,
      ClientSessions sessions,
      Catalog catalog,
      ServerCalls servers,
      Disclosure disclosure,
      @Nullable Tls tls) {
    this.vertx = vertx;
    this.front =
        Front.of(
            settings,
            sessions,
            catalog,
            servers,
            new ResourceMetadata(authentication.issuers(), authentication.baseUrl(), catalog),
            authentication.connections(),
            disclosure);
    this.callers = authentication.callers();
    this.catalog = catalog;
    this.servers = servers;
    this.tls = tls;
  }

  /** Listens; returns when connections are accepted. */
  public void start() {
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
    listeners =
        await(vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops)));
    sweeper = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  private void sweep() {
    front.sessions().closeIdle();
    front.sessions().cancelAbandoned();
    front.sessions().stayAlive();
    front.connections().sweep(Instant.now());
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    CompletableFuture<T> done = future.toCompletionStage().toCompletableFuture();
    try {
      return done.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the data plane cannot listen: " + e.getMessage(), e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    vertx.cancelTimer(sweeper);
    front.sessions().closeAll();
    if (listeners != null) {
      await(vertx.undeploy(listeners));
    }
  }

  /**
   * TLS.
   *
   * @param clients whose certificates clients may show; null where none are asked for
   */
  public record Tls(KeyCertOptions certificate, @Nullable TrustOptions clients) {}

  /**
   * How callers are known.
   *
   * @param issuers the authorization servers whose tokens are taken
   * @param baseUrl the router's own URL without a slash at its end, known once it listens
   * @param connections ended by whoever revokes a key
   */
  public record Authentication(
      Callers callers,
      List<String> issuers,
      Supplier<String> baseUrl,
      ProvenConnections connections) {
    public Authentication {
      issuers = List.copyOf(issuers);
    }
  }

  /** All instances listen on the same port, a free one too. */
  private final class Listener extends AbstractVerticle {
    /** To Vert.x, a free port that all listeners of one deployment share. */
    private static final int ANY_PORT = -1;

    @Override
    public void start(Promise<Void> started) {
      int wanted = front.settings().port();
      HttpServerOptions options =
          new HttpServerOptions()
              .setHost(front.settings().host())
              .setPort(wanted == 0 ? ANY_PORT : wanted)
              .setTcpNoDelay(true)
              .setMaxChunkSize(CHUNK_BYTES)
              .setMaxWebSocketMessageSize(front.settings().limits().maxBodyBytes())
              .setMaxWebSocketFrameSize(front.settings().limits().maxBodyBytes())
              .setWebSocketSubProtocols(List.of(WebSocketClients.SUBPROTOCOL))
              .setIdleTimeout(IDLE_SECONDS);
      if (tls != null) {
        options.setSsl(true).setKeyCertOptions(tls.certificate());
        if (tls.clients() != null) {
          options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(tls.clients());
        }
      }
      HttpFront http = new HttpFront(vertx, front, callers, catalog, servers, connections);
      HttpServer server =
          vertx
              .createHttpServer(options)
              .connectionHandler(Listener::leaveQuietly)
              .requestHandler(http::handle);
      server
          .listen()
          .onSuccess(listening -> port = listening.actualPort())
          .<Void>mapEmpty()
          .onComplete(started);
    }

    /** That a client goes in the middle of something is no error for the log. */
    private static void leaveQuietly(HttpConnection connection) {
      connection.exceptionHandler(reset -> {});
    }
  }
}
