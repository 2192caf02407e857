package io.mcprouter.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  @Test
  void a_batch_is_taken_apart_in_order_and_byte_for_byte() throws Exception {
    List<Frame> messages =
        split(" [ {\"id\":1,\"result\":{ \"n\":1.10}} ,\n{\"method\":\"notifications/x\"}\n] ");

    assertThat(messages)
        .extracting(message -> new String(message.bytes(), StandardCharsets.UTF_8))
        .containsExactly("{\"id\":1,\"result\":{ \"n\":1.10}}", "{\"method\":\"notifications/x\"}");
    assertThat(messages)
        .extracting(Frame::kind)
        .containsExactly(Frame.Kind.RESULT, Frame.Kind.NOTIFICATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        " [ ] ",
        "[1]",
        "[{\"id\":1,\"result\":{}},null]",
        "[[{\"id\":1,\"result\":{}}]]",
        "[{\"id\":1,\"result\":{}}",
        "[{\"id\":1,\"result\":{}}]x",
        "{\"id\":1,\"result\":{}}"
      })
  void anything_but_an_array_of_messages_is_refused(String json) {
    assertThatThrownBy(() -> split(json)).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void messages_in_a_batch_may_be_as_deep_as_single_ones() throws Exception {
    String atLimit = "{\"id\":1,\"result\":{\"a\":[]}}";
    byte[] deeper = "[{\"id\":1,\"result\":{\"a\":[[]]}}]".getBytes(StandardCharsets.UTF_8);

    assertThat(Batch.split(("[" + atLimit + "]").getBytes(StandardCharsets.UTF_8), 3)).hasSize(1);
    assertThatThrownBy(() -> Batch.split(deeper, 3)).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void single_messages_and_batches_are_read_alike() throws Exception {
    List<String> methods = new ArrayList<>();
    for (String json : List.of("{\"method\":\"a\"}", " [{\"method\":\"b\"},{\"method\":\"c\"}]")) {
      Batch.read(
          json.getBytes(StandardCharsets.UTF_8), 10, message -> methods.add(message.method()));
    }
    assertThat(methods).containsExactly("a", "b", "c");
  }

  @Test
  void only_an_array_looks_like_a_batch() {
    assertThat(Batch.isBatch("\t [".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(Batch.isBatch(" {}".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(Batch.isBatch(new byte[0])).isFalse();
  }

  private static List<Frame> split(String json) throws MalformedMessage {
    return Batch.split(json.getBytes(StandardCharsets.UTF_8), 10);
  }
}
