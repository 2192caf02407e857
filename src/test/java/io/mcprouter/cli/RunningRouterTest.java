package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningRouterTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "172.17.0.1, 172.17.0.1",
    "0.0.0.0, 127.0.0.1",
    "::, 127.0.0.1",
    "::1, [0:0:0:0:0:0:0:1]"
  })
  void the_control_plane_is_shown_where_it_can_be_reached(String listening, String shown)
      throws UnknownHostException {
    assertThat(RunningRouter.host(InetAddress.getByName(listening))).isEqualTo(shown);
  }

  @Test
  void without_an_address_it_is_on_this_machine() {
    assertThat(RunningRouter.host(null)).isEqualTo("127.0.0.1");
  }
}
