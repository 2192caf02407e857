package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.protocol.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelTest {
  @Test
  void levels_are_named_as_the_protocol_writes_them() {
    assertThat(LogLevel.of("debug")).contains(LogLevel.DEBUG);
    assertThat(LogLevel.of("emergency")).contains(LogLevel.EMERGENCY);
    assertThat(LogLevel.of("DEBUG")).isEmpty();
    assertThat(LogLevel.of("loud")).isEmpty();
    assertThat(LogLevel.of((String) null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"debug, false", "notice, false", "warning, true", "error, true", "loud, true"})
  void a_client_hears_what_is_severe_enough_and_what_has_no_known_level(
      String level, boolean heard) {
    ClientSession session =
        new ClientSession("s", Caller.APPLICATION, View.EVERYTHING, Revision.LATEST, "{}");
    Frame message =
        Frame.of("{\"method\":\"notifications/message\",\"params\":{\"level\":\"" + level + "\"}}");
    assertThat(session.wants(message)).isTrue();
    session.logLevel(LogLevel.WARNING);
    assertThat(session.wants(message)).isEqualTo(heard);
    assertThat(session.wants(Frame.of("{\"method\":\"notifications/message\"}"))).isTrue();
    assertThat(session.wants(Frame.of("{\"method\":\"notifications/progress\"}"))).isTrue();
  }
}
