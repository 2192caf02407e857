package io.mcprouter.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorOutputTest {
  private final ErrorOutput output = new ErrorOutput();

  private void write(String text) throws InterruptedException {
    output.keep(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))::read);
  }

  @Test
  void the_newest_lines_are_kept_in_order() throws Exception {
    write(
        IntStream.range(0, 10_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\r\n")));

    assertThat(output.lines())
        .hasSize(ErrorOutput.MAX_LINES)
        .endsWith("line 9998", "line 9999")
        .startsWith("line 9500");
  }

  @Test
  void an_endless_line_is_kept_in_bounded_pieces() throws Exception {
    write("e".repeat(1 << 20) + "\nlast\n");

    assertThat(output.lines()).endsWith("last").allMatch(l -> l.length() <= ErrorOutput.MAX_LINE);
    assertThat(output.lines().stream().mapToInt(String::length).sum())
        .isLessThanOrEqualTo(ErrorOutput.MAX_CHARACTERS);
  }

  @Test
  void of_very_many_servers_those_used_last_are_kept() throws Exception {
    ErrorOutputs outputs = new ErrorOutputs();
    for (int i = 0; i <= ErrorOutputs.MAX_SERVERS; i++) {
      outputs
          .of("server" + i)
          .keep(new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8))::read);
    }

    assertThat(outputs.lines("server0")).isEmpty();
    assertThat(outputs.lines("server1")).containsExactly("x");
  }
}
