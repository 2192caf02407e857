package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sender who announces a body and does not send it. */
class BodyDeadlineTest {
  private final RawRequests requests = new RawRequests(this::handle);

  /** Answers later than a body may come. */
  private void handle(HttpServerRequest request) {
    BodyDeadline deadline = new BodyDeadline(requests.vertx(), Duration.ofMillis(200));
    deadline.begins(request);
    RequestBody.read(
        requests.vertx(),
        request,
        1_000,
        body -> {
          deadline.ends(request);
          requests.vertx().setTimer(1_000, timer -> request.response().end("whole"));
        });
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
  void a_request_whose_body_is_there_has_all_the_time_for_its_answer() throws Exception {
    assertThat(requests.send("POST", "Host: localhost", "Content-Length: 0"))
        .startsWith("HTTP/1.1 200")
        .endsWith("whole");
  }
}
