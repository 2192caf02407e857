package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a request may hold, and what becomes of its connection when it holds more. */
class RequestBodyTest {
  private static final int BOUND = 10_000;

  private final RawRequests requests =
      new RawRequests(
          request ->
              RequestBody.read(
                  vertx(),
                  request,
                  BOUND,
                  new BodyDeadline(vertx(), Duration.ofMinutes(1)),
                  body -> request.response().end(new String(body, StandardCharsets.US_ASCII))));

  private Vertx vertx() {
    return requests.vertx();
  }

  @AfterEach
  void close() {
    requests.close();
  }

  private static String declared(int length, String body) {
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  private static String chunked(String... chunks) {
    StringBuilder text =
        new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (String chunk : chunks) {
      text.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
    }
    return text.append("0\r\n\r\n").toString();
  }

  private static String closing(String request) {
    return request.replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9_999, BOUND})
  void a_body_within_the_bound_is_whole(int length) throws IOException {
    String body = "x".repeat(length);
    assertThat(requests.send(closing(declared(length, body)))).endsWith("\r\n\r\n" + body);
  }

  @Test
  void a_body_in_pieces_is_whole() throws IOException {
    String half = "x".repeat(BOUND / 2);
    assertThat(requests.send(closing(chunked("a", half, "bc")))).endsWith("a" + half + "bc");
    assertThat(requests.send(closing(chunked(half, half)))).endsWith("\r\n\r\n" + half + half);
  }

  @Test
  void a_declared_length_beyond_the_bound_is_refused_and_the_connection_closed()
      throws IOException {
    assertRefused(requests.send(declared(BOUND + 1, "")));
    assertRefused(requests.send(declared(100 * BOUND, "begun")));
  }

  /** A connection that is reset under its sender would lose the answer. */
  @Test
  void a_client_that_sends_it_all_the_same_reads_the_answer() throws IOException {
    assertRefused(requests.send(declared(1_000 * BOUND, "x".repeat(1_000 * BOUND))));
  }

  @Test
  void a_body_without_a_length_is_refused_when_it_goes_over_the_bound() throws IOException {
    String half = "x".repeat(BOUND / 2);
    assertRefused(requests.send(chunked(half, half, "x", half, half, half)));
  }

  private static void assertRefused(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("connection: close")
        .endsWith("A message may have at most " + BOUND + " bytes.");
  }
}
