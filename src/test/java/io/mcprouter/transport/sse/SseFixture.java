package io.mcprouter.transport.sse;

import io.mcprouter.transport.CamelFixture;
import org.junit.jupiter.api.BeforeEach;

/** A plain Camel context and a scripted server. */
abstract class SseFixture extends CamelFixture {
  ScriptedSse server;

  @BeforeEach
  void start() {
    server = new ScriptedSse(vertx);
  }

  String uri(String... options) {
    return uriOf(server.url(), options);
  }

  static String uriOf(String url, String... options) {
    return endpointUri("mcp-sse:weather", url, options);
  }
}
