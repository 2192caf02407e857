package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.RawHttp;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.transport.http.HttpComponent;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.AddressPolicy.Ruling;
import io.mcprouter.transport.spi.Destination;
import io.mcprouter.transport.spi.RemoteComponent;
import io.mcprouter.transport.sse.SseComponent;
import io.mcprouter.transport.websocket.WebsocketComponent;
import io.mcprouter.wiring.CurrentAddressPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards that must stand before every way in, and before every way out. */
class EveryDoorTest {
  private static final String SETTINGS =
      """
      mcpSettings:
        allowedAddresses: ["10.1.0.0/16", "tools.internal:8080"]
      mcpServers: {}
      """;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    router = RouterUnderTest.start(SETTINGS);
  }

  @AfterAll
  static void stop() {
    router.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /mcp", "GET, /mcp", "DELETE, /mcp", "OPTIONS, /mcp", "POST, /servers/a/mcp",
    "POST, /sets/a/mcp", "GET, /sse", "GET, /servers/a/sse", "POST, /messages", "GET, /ws",
    "GET, /servers/a/ws", "GET, /.well-known/oauth-protected-resource/mcp", "GET, /nowhere"
  })
  void no_page_under_a_foreign_name_or_origin_comes_in(String method, String path) {
    assertThat(asked(method, path).header("Origin", "https://evil.example").send().status())
        .isEqualTo(403);
    assertThat(asked(method, path).header("Host", "evil.example:8090").send().status())
        .isEqualTo(403);
  }

  /** A handshake where the way in is a websocket's; the others do not mind. */
  private static RawHttp asked(String method, String path) {
    RawHttp request = RawHttp.of(router.port(), method, path);
    return path.endsWith("/ws")
        ? request
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
        : request;
  }

  @Test
  void every_transport_goes_where_the_file_lets_it_and_nowhere_else() {
    List<RemoteComponent> transports =
        Stream.of(HttpComponent.class, SseComponent.class, WebsocketComponent.class)
            .<RemoteComponent>map(router::bean)
            .toList();
    for (RemoteComponent transport : transports) {
      AddressPolicy policy = transport.getAddressPolicy();
      assertThat(policy.judge(at("tools.internal", 8080))).isEqualTo(Ruling.ALLOWED);
      assertThat(policy.judge(at("10.1.2.3", 80))).isEqualTo(Ruling.ALLOWED);
      assertThat(policy.judge(at("10.2.0.1", 80))).isEqualTo(new Ruling.Allowed(true));
      assertThat(policy.judge(at("169.254.169.254", 80))).isInstanceOf(Ruling.Refused.class);
      assertThat(policy.judge(at("example.com", 443))).isEqualTo(Ruling.BY_ADDRESS);
    }
    CurrentAddressPolicy current = router.bean(CurrentAddressPolicy.class);
    assertThat(current.forUserServers().judge(at("10.2.0.1", 80)))
        .isInstanceOf(Ruling.Refused.class);
  }

  @Test
  void an_edited_file_moves_the_bounds() {
    RouterUnderTest edited = RouterUnderTest.start(SETTINGS);
    try {
      AddressPolicy policy = edited.bean(HttpComponent.class).getAddressPolicy();
      edited.edit(
          """
          mcpSettings:
            allowedDomains: ["*.example.com"]
          mcpServers: {}
          """);
      await().until(() -> policy.judge(at("10.2.0.1", 80)) instanceof Ruling.Refused);
      assertThat(policy.judge(at("a.example.com", 443))).isEqualTo(Ruling.ALLOWED);
      edited.edit("mcpSettings:\n  allowedDomains: [\"http://a b/\"]\nmcpServers: {}\n");
      await().until(() -> policy.judge(at("a.example.com", 443)) instanceof Ruling.Refused);
      assertThat(policy.judge(at("example.org", 443))).isInstanceOf(Ruling.Refused.class);
    } finally {
      edited.close();
    }
  }

  private static Destination at(String host, int port) {
    return new Destination("http", host, port);
  }
}
