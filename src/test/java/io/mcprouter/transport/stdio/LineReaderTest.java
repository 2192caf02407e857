package io.mcprouter.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private final List<String> lines = new ArrayList<>();

  private boolean read(String text, int maxLine, int chunk) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] at = {0};
    LineReader.Source source =
        (into, from, length) -> {
          int count = Math.min(Math.min(length, chunk), bytes.length - at[0]);
          System.arraycopy(bytes, at[0], into, from, count);
          at[0] += count;
          return count == 0 ? -1 : count;
        };
    return new LineReader(source, maxLine)
        .forEachLine(line -> lines.add(new String(line, StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void lines_are_the_same_however_the_bytes_arrive(int chunk) throws Exception {
    String longer = "ö".repeat(30_000);

    assertThat(read("a\r\n\n\r\nbc\n" + longer + "\n\rd\nend", 60_000, chunk)).isTrue();

    assertThat(lines).containsExactly("a", "bc", longer, "\rd", "end");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void the_bound_counts_the_line_without_its_end(int chunk) throws Exception {
    assertThat(read("x".repeat(20_000) + "\r\n" + "y".repeat(20_001) + "\n", 20_000, chunk))
        .isFalse();

    assertThat(lines).containsExactly("x".repeat(20_000));
  }

  @Test
  void a_small_bound_holds_for_lines_that_come_in_one_piece() throws Exception {
    assertThat(read("12345\n123456\n1\n", 5, 100)).isFalse();

    assertThat(lines).containsExactly("12345");
  }

  @Test
  void a_stream_without_line_ends_stops_at_the_bound_and_not_in_memory() throws Exception {
    long[] given = {0};
    LineReader.Source endless =
        (into, from, length) -> {
          given[0] += length;
          return length;
        };

    boolean ended = new LineReader(endless, 1 << 20).forEachLine(line -> lines.add("?"));

    assertThat(ended).isFalse();
    assertThat(lines).isEmpty();
    assertThat(given[0]).isLessThanOrEqualTo((1 << 20) + 3);
  }
}
