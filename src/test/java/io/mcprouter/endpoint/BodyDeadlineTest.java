package io.mcprouter.endpoint;

import static io.vertx.core.http.HttpMethod.POST;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sender who announces a body and does not send it. */
class BodyDeadlineTest {
  private volatile Duration limit = Duration.ofMillis(200);
  private volatile @Nullable BodyDeadline deadline;
  private final RawRequests requests = new RawRequests(this::handle);

  /** Answers later than a body may come. */
  private void handle(HttpServerRequest request) {
    deadline = new BodyDeadline(requests.vertx(), limit);
    RequestBody.read(
        requests.vertx(),
        request,
        1_000,
        deadline,
        body -> requests.vertx().setTimer(1_000, timer -> request.response().end("whole")));
  }

  @AfterEach
  void close() {
    requests.close();
  }

  @Test
  void a_body_that_does_not_come_is_waited_for_only_so_long() throws Exception {
    assertThat(requests.send("POST", "Host: localhost", "Content-Length: 9"))
        .startsWith("HTTP/1.1 408")
        .contains("did not come");
  }

  @Test
  void a_sender_who_goes_is_waited_for_no_longer() throws Exception {
    limit = Duration.ofHours(1);
    try (Socket socket = new Socket("127.0.0.1", requests.port())) {
      socket
          .getOutputStream()
          .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab".getBytes(US_ASCII));
      await().until(() -> deadline != null && deadline.awaited() == 1);
    }

    await().until(() -> deadline.awaited() == 0);
  }

  @Test
  void over_http_2_only_the_late_request_ends() throws Exception {
    HttpClient client =
        requests
            .vertx()
            .createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
    HttpClientRequest late = answerOf(client.request(POST, requests.port(), "127.0.0.1", "/"));
    late.setChunked(true).write("a");
    HttpClientRequest other = answerOf(client.request(POST, requests.port(), "127.0.0.1", "/"));
    Future<HttpClientResponse> whole = other.send();

    assertThat(answerOf(late.response()).statusCode()).isEqualTo(408);
    assertThat(answerOf(whole.compose(HttpClientResponse::body)).toString()).isEqualTo("whole");
    assertThat(other.connection()).isSameAs(late.connection());
  }

  private static <T> T answerOf(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void a_request_whose_body_is_there_has_all_the_time_for_its_answer() throws Exception {
    assertThat(requests.send("POST", "Host: localhost", "Content-Length: 0"))
        .startsWith("HTTP/1.1 200")
        .endsWith("whole");
  }
}
