package io.mcprouter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server of any name is an endpoint, where the name is percent-encoded as the router does it. */
class ServerNamesTest extends CamelFixture {
  static Stream<Arguments> names() {
    return Stream.of("mcp-http", "mcp-sse", "mcp-websocket", "mcp-stdio", "mcp-routes")
        .flatMap(
            scheme ->
                Stream.of("files", "100%", "a b", "a+b", "a/b", "größe")
                    .map(name -> Arguments.of(scheme, name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_name_is_decoded_once(String scheme, String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");

    Endpoint endpoint = context.getEndpoint(scheme + ":" + encoded);

    assertThat(endpoint).hasFieldOrPropertyWithValue("server", name);
  }
}
