package io.mcprouter.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // what is missing fails the test
class MessageLinesTest {
  private static MessageLines lines(String text, int maxBytes) {
    return new MessageLines(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), maxBytes);
  }

  private static String next(MessageLines lines) throws Exception {
    byte[] line = lines.next();
    return line == null ? null : new String(line, StandardCharsets.UTF_8);
  }

  @Test
  void lines_end_with_either_line_end_or_with_the_input_and_empty_ones_are_passed_over()
      throws Exception {
    MessageLines lines = lines("{}\n\n\r\n[1]\r\n{\"é\":1}", 20);

    assertThat(next(lines)).isEqualTo("{}");
    assertThat(next(lines)).isEqualTo("[1]\r");
    assertThat(next(lines)).isEqualTo("{\"é\":1}");
    assertThat(next(lines)).isNull();
  }

  @Test
  void a_line_that_is_too_long_is_skipped_and_told() throws Exception {
    MessageLines lines = lines("12345\n123456\n1\n", 5);

    assertThat(next(lines)).isEqualTo("12345");
    assertThatThrownBy(lines::next).isInstanceOf(MalformedMessage.class).hasMessageContaining("5");
    assertThat(next(lines)).isEqualTo("1");
  }

  @Test
  void a_message_becomes_one_line_whatever_stands_between_its_tokens() {
    byte[] pretty = "{\r\n  \"a\": \"x\\n\"\n}".getBytes(StandardCharsets.UTF_8);

    assertThat(new String(MessageLines.line(pretty), StandardCharsets.UTF_8))
        .isEqualTo("{    \"a\": \"x\\n\" }\n");
  }
}
