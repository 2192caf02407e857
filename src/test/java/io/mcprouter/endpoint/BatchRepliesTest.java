package io.mcprouter.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies to a batch, also where the client took some of its requests back. */
class BatchRepliesTest {
  private static final byte[] RESULT = "{}".getBytes(UTF_8);

  private final List<String> sent = new ArrayList<>();
  private final ClientSession session =
      new ClientSession(
          "id", new Caller("ann", Map.of()), View.EVERYTHING, Revision.V2025_03_26, "{}");

  private Channel channel(boolean connection) {
    return new Channel() {
      @Override
      public void send(byte[] message) {}

      @Override
      public void reply(byte[] message) {
        sent.add(new String(message, UTF_8));
      }

      @Override
      public boolean canSend() {
        return true;
      }

      @Override
      public boolean isConnection() {
        return connection;
      }

      @Override
      public void noReply() {
        sent.add("nothing");
      }
    };
  }

  private ClientCall call(int id, Channel channel) {
    Frame request = Frame.of("{\"id\":" + id + ",\"method\":\"ping\"}");
    ClientCall call = new ClientCall(session, session.caller(), request, channel);
    session.open(call, 10);
    return call;
  }

  private static byte[] id(int id) {
    return Integer.toString(id).getBytes(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void a_request_that_was_taken_back_has_no_reply_among_the_others_on_a_connection(
      boolean connection, boolean replied) {
    BatchReplies batch = new BatchReplies(channel(connection), 2);
    ClientCall first = call(1, batch);
    ClientCall second = call(2, batch);
    session.cancel(id(1));
    first.result(RESULT);
    assertThat(sent).isEmpty();

    second.result(RESULT);

    assertThat(sent).singleElement().asString().contains("\"id\":2").startsWith("[");
    assertThat(sent.getFirst().contains("\"id\":1")).isEqualTo(replied);
  }

  @Test
  void a_batch_that_was_taken_back_as_a_whole_has_no_reply_on_a_connection() {
    BatchReplies batch = new BatchReplies(channel(true), 2);
    ClientCall first = call(1, batch);
    ClientCall second = call(2, batch);
    session.cancel(id(1));
    session.cancel(id(2));

    first.result(RESULT);
    second.result(RESULT);

    assertThat(sent).containsExactly("nothing");
  }

  @Test
  void calls_of_a_batch_are_found_by_the_channel_that_carries_it() {
    Channel post = channel(false);
    ClientCall ofBatch = call(1, new BatchReplies(post, 1));
    ClientCall ofAnother = call(2, channel(false));

    assertThat(ofBatch.isOn(post)).isTrue();
    assertThat(ofAnother.isOn(post)).isFalse();
  }
}
