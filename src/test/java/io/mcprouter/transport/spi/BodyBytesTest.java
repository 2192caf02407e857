package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyBytesTest {
  @ParameterizedTest
  @CsvSource({
    "-1, 8192",
    "0, 0",
    "700, 700",
    "131072, 131072",
    "131073, 131072",
    "9000000, 131072"
  })
  void no_more_is_kept_ready_than_a_usual_body_needs(long declared, int room) {
    assertThat(BodyBytes.firstRoom(declared)).isEqualTo(room);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "-1, 9000", "300000, 300000", "300000, 200", "5, 400000", "1000000, 999999"})
  void what_comes_is_kept_whatever_was_declared(long declared, int length) {
    BodyBytes body = new BodyBytes(declared, 1_000_000);
    byte[] sent = new byte[length];
    for (int at = 0; at < length; at++) {
      sent[at] = (byte) at;
    }
    for (int at = 0; at < length; at += 5_000) {
      assertThat(body.add(Buffer.buffer(sent).slice(at, Math.min(length, at + 5_000)))).isTrue();
    }
    assertThat(body.whole()).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({"-1", "10", "100000"})
  void more_than_the_bound_is_refused(long declared) {
    BodyBytes body = new BodyBytes(declared, 1_000);

    assertThat(body.add(Buffer.buffer(new byte[1_000]))).isTrue();
    assertThat(body.add(Buffer.buffer(new byte[1]))).isFalse();
  }
}
