package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteTargetTest {
  @ParameterizedTest
  @CsvSource({
    "http://h/sse, h, 80",
    "https://h, h, 443",
    "wss://h/x, h, 443",
    "ws://h:8080, h, 8080",
    "http://my_server:3000/sse, my_server, 3000",
    "http://my_server, my_server, 80",
    "http://[::1]:3000/sse, [::1], 3000",
    "http://[::1]/sse, [::1], 80",
    "http://user:word@h:1/, h, 1",
    "http://h:/, h, 80"
  })
  void host_and_port_are_those_of_the_address(String url, String host, int port) {
    RemoteTarget target = target(url);
    assertThat(target.host()).isEqualTo(host);
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.hostAndPort()).isEqualTo(host + ":" + port);
  }

  @Test
  void a_port_that_is_no_number_is_an_error() {
    assertThatThrownBy(() -> target("http://h:port/").port())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void its_text_tells_the_host_alone() {
    assertThat(target("http://user:word@h:1/path?key=secret")).hasToString("RemoteTarget[h]");
  }

  private static RemoteTarget target(String url) {
    return new RemoteTarget(URI.create(url), Map.of("X-Key", "secret"), null, "", false);
  }
}
