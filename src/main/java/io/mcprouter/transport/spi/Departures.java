package io.mcprouter.transport.spi;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That a server goes, or that nobody waits any more, is ordinary: what was asked fails, and who
 * asked says so. Vert.x logs it at ERROR besides, unless it is told that somebody knows.
 */
public final class Departures {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  private static final Handler<Throwable> KNOWN = cause -> LOG.debug("gone: {}", cause.toString());

  private Departures() {}

  /** The requests on the connection hear of its end too. */
  public static void expect(HttpConnection connection) {
    connection.exceptionHandler(KNOWN);
  }

  /** The request's answer fails too. To be called before the request is written. */
  public static HttpClientRequest expect(HttpClientRequest request) {
    return request.exceptionHandler(KNOWN);
  }
}
