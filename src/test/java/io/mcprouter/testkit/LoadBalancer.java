package io.mcprouter.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before several nodes under their one public address: each request goes to the next of
 * them, so that hardly two steps of anything meet the same node.
 */
public final class LoadBalancer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final List<URI> nodes = new CopyOnWriteArrayList<>();
  private final List<URI> served = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpServer server;

  private LoadBalancer() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> pass(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Starts one without nodes, whose address they can be told before they start. */
  public static LoadBalancer start() {
    return new LoadBalancer();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  public void add(URI node) {
    nodes.add(node);
  }

  /** The nodes that served requests, in their order. */
  public List<URI> served() {
    return List.copyOf(served);
  }

  private void pass(HttpServerRequest request, Buffer body) {
    URI node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    served.add(node);
    client
        .request(
            new RequestOptions()
                .setMethod(request.method())
                .setHost(node.getHost())
                .setPort(node.getPort())
                .setURI(request.uri())
                .setHeaders(request.headers()))
        .compose(onward -> onward.send(body))
        .compose(answer -> answer.body().onSuccess(content -> back(request, answer, content)))
        .onFailure(lost -> request.response().setStatusCode(502).end(String.valueOf(lost)));
  }

  private static void back(HttpServerRequest request, HttpClientResponse answer, Buffer content) {
    request.response().setStatusCode(answer.statusCode()).headers().addAll(answer.headers());
    request.response().headers().remove("Transfer-Encoding");
    request.response().end(content);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
