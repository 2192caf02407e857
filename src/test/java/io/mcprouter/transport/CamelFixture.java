package io.mcprouter.transport;

import io.vertx.core.Vertx;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A plain Camel context, as an application has one, and what a scripted server runs on. */
public abstract class CamelFixture {
  protected final Vertx vertx = Vertx.vertx();
  protected final DefaultCamelContext context = new DefaultCamelContext();
  protected Calls calls;

  @BeforeEach
  protected void startCamel() {
    context.start();
    calls = new Calls(context);
  }

  @AfterEach
  protected void stopCamel() {
    context.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** An endpoint's URI with the address of its server and further options. */
  protected static String endpointUri(String endpoint, String url, String... options) {
    return endpoint + "?url=" + url + (options.length == 0 ? "" : "&") + String.join("&", options);
  }
}
