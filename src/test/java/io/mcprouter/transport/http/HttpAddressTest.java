package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.transport.AddressBehaviour;
import io.mcprouter.transport.spi.AddressRules;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Where connections of this transport go. */
class HttpAddressTest extends AddressBehaviour {
  HttpAddressTest() {
    super("mcp-http");
  }

  @Override
  protected String server(HttpServerOptions options, Predicate<HttpServerRequest> gate) {
    ScriptedHttp server = new ScriptedHttp(vertx, options);
    server.gate = gate;
    return server.url();
  }

  @Test
  void connections_to_a_judged_address_are_kept_and_used_again() throws Exception {
    ScriptedHttp server = new ScriptedHttp(vertx);
    context
        .getComponent("mcp-http", HttpComponent.class)
        .setAddressPolicy(
            AddressRules.of(List.of(), List.of(AllowedAddress.parse("127.0.0.0/8")))
                .forUserServers());
    String uri = endpointUri("mcp-http:weather", server.url().replace("127.0.0.1", "localhost"));
    for (int call = 0; call < 30; call++) {
      assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
    }
    assertThat(server.connections).hasValueLessThanOrEqualTo(2);
    assertThat(server.requests.getLast().authority().host()).isEqualTo("localhost");
  }
}
