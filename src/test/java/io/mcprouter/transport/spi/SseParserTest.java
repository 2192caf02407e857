package io.mcprouter.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
  private static final int LIMIT = 100_000;

  @Test
  void one_line_of_data_is_a_message() throws Exception {
    assertThat(events("data: {\"a\":1}\n\n")).containsExactly("message||{\"a\":1}");
  }

  @Test
  void name_and_id_belong_to_their_event_alone() throws Exception {
    assertThat(events("event: endpoint\nid: 7\ndata: /x\n\ndata: y\n\n"))
        .containsExactly("endpoint|7|/x", "message||y");
  }

  @Test
  void lines_of_data_are_joined_by_line_feeds() throws Exception {
    assertThat(events("data: a\ndata:\ndata: b\ndata\n\n")).containsExactly("message||a\n\nb\n");
  }

  @Test
  void only_one_blank_behind_the_colon_goes_away() throws Exception {
    assertThat(events("data:  a \n\ndata:b\n\n")).containsExactly("message|| a ", "message||b");
  }

  @Test
  void an_id_without_data_primes_the_stream() throws Exception {
    assertThat(events("id: 1\ndata:\n\nid: 2\n\n")).containsExactly("message|1|", "message|2|");
  }

  @Test
  void comments_unknown_fields_and_blocks_without_data_are_no_events() throws Exception {
    assertThat(events(": ping\n\n\nevent: x\n\nfoo: bar\n\nDATA: x\n\n")).isEmpty();
  }

  @Test
  void an_event_that_is_not_ended_is_not_delivered() throws Exception {
    assertThat(events("data: a\n")).isEmpty();
  }

  @Test
  void an_id_with_a_nul_is_ignored() throws Exception {
    assertThat(events("id: a\0b\ndata: x\n\n")).containsExactly("message||x");
  }

  @Test
  void retry_is_a_number_or_nothing() throws Exception {
    assertThat(events("retry: 3000\nretry: 1e3\nretry: -1\nretry\nretry: 9999999999999999999\n\n"))
        .containsExactly("retry 3000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void lines_end_in_any_of_three_ways(String end) throws Exception {
    String stream = "\uFEFFevent: e\ndata: a\ndata: b\n\n: c\n\ndata: d\n\n".replace("\n", end);
    assertThat(events(stream)).containsExactly("e||a\nb", "message||d");
  }

  @Test
  void a_byte_order_mark_counts_only_at_the_beginning() throws Exception {
    assertThat(events("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("message||a");
  }

  @Test
  void bytes_that_are_no_utf_8_stay_as_they_are() throws Exception {
    byte[] stream = HexFormat.of().parseHex("646174613a" + "c328ff00" + "0a0a");
    List<byte[]> seen = new ArrayList<>();
    new SseParser(LIMIT, dataTo(seen)).feed(stream, 0, stream.length);
    assertThat(seen).containsExactly(HexFormat.of().parseHex("c328ff00"));
  }

  @Test
  void only_the_given_part_of_a_chunk_is_read() throws Exception {
    byte[] chunk = bytes("xx\ndata: a\n\ndata: b\n\n");
    List<byte[]> seen = new ArrayList<>();
    new SseParser(LIMIT, dataTo(seen)).feed(chunk, 3, 12);
    assertThat(seen).containsExactly(bytes("a"));
  }

  static Stream<byte[]> streams() {
    String mixed =
        "\uFEFFid: 1\r\ndata:\r\n\r\nretry: 5\n: ü\nevent: é\rdata: [1,\r\ndata: 2]\n\n"
            + "data: "
            + "x".repeat(40)
            + "\n\nid\ndata: 😀\r\r\n";
    return Stream.concat(
        Stream.of(bytes(mixed)), new Random(11).ints(60).mapToObj(SseParserTest::random));
  }

  /** A stream in which everything that means something stands close together. */
  private static byte[] random(int seed) {
    Random random = new Random(seed);
    String[] parts = {
      "data: ",
      "data:",
      "id: ",
      "event: ",
      "retry: 12",
      ":",
      "\n",
      "\r",
      "\r\n",
      "\n\n",
      "\r\r",
      "a",
      "bcdefghijk",
      "é",
      "\uFEFF",
      " ",
      "data"
    };
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      stream.append(parts[random.nextInt(parts.length)]);
    }
    return bytes(stream.append("\n\n").toString());
  }

  @ParameterizedTest
  @MethodSource("streams")
  void it_does_not_matter_where_chunks_end(byte[] stream) throws Exception {
    List<String> whole = events(stream, LIMIT, stream.length);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        assertThat(events(stream, LIMIT, first, second, stream.length)).isEqualTo(whole);
      }
    }
    assertThat(events(stream, LIMIT, every(stream.length))).isEqualTo(whole);
  }

  @Test
  void data_up_to_the_limit_passes_wherever_chunks_end() throws Exception {
    byte[] stream =
        bytes("data: " + "x".repeat(32) + "\n\ndata: 1\ndata: " + "y".repeat(30) + "\n\n");
    for (int split = 0; split <= stream.length; split++) {
      assertThat(events(stream, 32, split, stream.length)).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void more_than_the_limit_is_refused_wherever_chunks_end(String text) {
    byte[] stream = bytes(text);
    for (int split = 0; split <= stream.length; split++) {
      int at = split;
      assertThatThrownBy(() -> events(stream, 32, at, stream.length))
          .isInstanceOf(SseParser.TooLarge.class)
          .hasMessage("an event has more than 32 bytes");
    }
  }

  static Stream<String> tooLarge() {
    return Stream.of(
        "data: " + "x".repeat(33) + "\n",
        "data: 1\ndata: " + "y".repeat(31) + "\n",
        "data\n".repeat(34),
        "x".repeat(40),
        ":" + "x".repeat(60) + "\n");
  }

  @Test
  void streams_without_end_hold_no_memory() throws Exception {
    byte[] chunk = bytes(": ping\nevent: x\nid: 1\n\n".repeat(1000));
    List<byte[]> seen = new ArrayList<>();
    SseParser parser = new SseParser(32, dataTo(seen));
    for (int i = 0; i < 100; i++) {
      parser.feed(chunk, 0, chunk.length);
    }
    assertThat(seen).hasSize(100_000).allMatch(data -> data.length == 0);
  }

  private static int[] every(int length) {
    int[] ends = new int[length];
    Arrays.setAll(ends, i -> i + 1);
    return ends;
  }

  private static List<String> events(String stream) throws SseParser.TooLarge {
    byte[] bytes = bytes(stream);
    return events(bytes, LIMIT, bytes.length);
  }

  private static List<String> events(byte[] stream, int limit, int... ends)
      throws SseParser.TooLarge {
    List<String> events = new ArrayList<>();
    SseParser parser = new SseParser(limit, recording(events));
    int from = 0;
    for (int end : ends) {
      byte[] chunk = Arrays.copyOfRange(stream, from, end);
      parser.feed(chunk, 0, chunk.length);
      Arrays.fill(chunk, (byte) '#');
      from = end;
    }
    return events;
  }

  private static SseParser.Sink recording(List<String> events) {
    return new SseParser.Sink() {
      @Override
      public void event(String name, @Nullable String id, byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        events.add(name + "|" + (id == null ? "" : id) + "|" + text);
      }

      @Override
      public void retry(long millis) {
        events.add("retry " + millis);
      }
    };
  }

  private static SseParser.Sink dataTo(List<byte[]> seen) {
    return new SseParser.Sink() {
      @Override
      public void event(String name, @Nullable String id, byte[] data) {
        seen.add(data);
      }

      @Override
      public void retry(long millis) {
        throw new AssertionError("no retry was sent");
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
