package io.mcprouter.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.transport.RequestAuthorizationBehaviour;
import io.mcprouter.transport.spi.McpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/** The right to use a server, over this transport. */
class SseAuthorizationTest extends RequestAuthorizationBehaviour {
  private ScriptedSse server;

  @Override
  protected String endpoint(Predicate<HttpServerRequest> gate) {
    server = new ScriptedSse(vertx);
    server.gate = gate;
    return endpointUri("mcp-sse:weather", server.url(), "header.Authorization=Basic own");
  }

  /** Its first notification has come through, too: it would be refused later. */
  @Override
  protected McpConnection admitted() throws Exception {
    McpConnection connection = super.admitted();
    await()
        .until(
            () ->
                server.messages.stream()
                    .anyMatch(one -> "notifications/initialized".equals(one.getString("method"))));
    return connection;
  }

  @Override
  protected void assertRepeatedOnce() {
    assertThat(server.messages.stream().filter(one -> one.containsKey("params")).count())
        .isEqualTo(3);
  }
}
