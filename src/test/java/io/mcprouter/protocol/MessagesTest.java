package io.mcprouter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final byte[] ID = "\"a-1\"".getBytes(UTF_8);

  private static String text(byte[] message) throws MalformedMessage {
    Frame.parse(message);
    return new String(message, UTF_8);
  }

  @Test
  void replies_carry_the_id_as_it_was_written() throws Exception {
    assertThat(text(Messages.result(ID, "{\"n\":1.10}".getBytes(UTF_8))))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":{\"n\":1.10}}");
    assertThat(text(Messages.emptyResult(ID)))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":{}}");
    assertThat(text(Messages.error(ID, -5, "no \"é\"\n", "[1]".getBytes(UTF_8))))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"error\":{\"code\":-5,"
                + "\"message\":\"no \\\"é\\\"\\n\",\"data\":[1]}}");
    assertThat(text(Messages.error(null, -32700, "x")))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"x\"}}");
  }

  @Test
  void an_error_may_quote_half_a_surrogate_pair_of_a_client() throws Exception {
    Frame error = Frame.parse(Messages.error(ID, -5, "no tool '\ud800'"));
    assertThat(error.error().string("message")).startsWith("no tool '").endsWith("'");
  }

  @Test
  void requests_and_notifications_may_have_params() throws Exception {
    byte[] params = "{\"a\":[]}".getBytes(UTF_8);
    assertThat(text(Messages.request(ID, "x", null)))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"x\"}");
    assertThat(text(Messages.request(ID, "x/\"y", params)))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"x/\\\"y\",\"params\":{\"a\":[]}}");
    assertThat(text(Messages.notification("x", null)))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"x\"}");
    assertThat(text(Messages.notification("x", params)))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{\"a\":[]}}");
    assertThat(text(Messages.cancelled("7".getBytes(UTF_8), "time \"out\"")))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                + "\"params\":{\"requestId\":7,\"reason\":\"time \\\"out\\\"\"}}");
  }
}
