package io.mcprouter.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that a client can take up again, and how long they are kept. */
class EventLogTest {
  private static final Runnable ABANDONED_NEVER =
      () -> {
        throw new AssertionError("given up");
      };

  private final AtomicInteger left = new AtomicInteger();
  private final EventLog log = new EventLog(left::incrementAndGet);
  private volatile Consumer<SseOutput> onRequest = output -> {};
  private final RawRequests requests =
      new RawRequests(
          request -> onRequest.accept(new SseOutput(vertx(), request.response(), 60_000)));

  private Vertx vertx() {
    return requests.vertx();
  }

  @AfterEach
  void close() {
    requests.close();
  }

  private static byte[] message(String text) {
    return text.getBytes(UTF_8);
  }

  /** What a client reads that asks for what came after an event. */
  private String read(ResumableStream stream, long after) throws Exception {
    onRequest = output -> stream.attach(output, after);
    return requests.send("GET", "Host: localhost");
  }

  private static List<String> ids(String answer) {
    return Pattern.compile("id: (\\S+)").matcher(answer).results().map(MatchResult::group).toList();
  }

  @Test
  void a_finished_stream_is_read_from_any_event_on() throws Exception {
    ResumableStream stream = log.open(ABANDONED_NEVER);
    stream.event(message("{\"n\":1}"));
    stream.event(message("{\"n\":\n2}"));
    stream.finish(message("{\"n\":3}"));
    stream.event(message("{\"late\":1}"));
    assertThat(read(stream, 0))
        .contains("id: 1-1\ndata: {\"n\":1}\n\n")
        .contains("id: 1-2\ndata: {\"n\": 2}\n\n")
        .contains("id: 1-3\ndata: {\"n\":3}\n\n")
        .doesNotContain("late");
    assertThat(ids(read(stream, 2))).containsExactly("id: 1-3");
    assertThat(ids(read(stream, 3))).isEmpty();
  }

  @Test
  void a_stream_in_progress_goes_on_where_the_client_takes_it_up() throws Exception {
    ResumableStream stream = log.open(ABANDONED_NEVER);
    stream.event(message("{\"n\":1}"));
    onRequest =
        output -> {
          stream.attach(output, 0);
          stream.event(message("{\"n\":2}"));
          stream.finish(message("{\"n\":3}"));
        };
    assertThat(ids(requests.send("GET", "Host: localhost")))
        .containsExactly("id: 1-1", "id: 1-2", "id: 1-3");
  }

  @Test
  void a_second_taker_ends_the_first() throws Exception {
    ResumableStream stream = log.listening();
    CompletableFuture<SseOutput> first = new CompletableFuture<>();
    onRequest =
        output -> {
          if (first.complete(output)) {
            stream.attach(output, 0);
          } else {
            stream.attach(output, 0);
            stream.event(message("{\"n\":1}"));
            assertThat(log.isRead()).isTrue();
            output.end();
          }
        };
    CompletableFuture<String> former =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return requests.send("GET", "Host: localhost");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    first.join();
    assertThat(ids(requests.send("GET", "Host: localhost"))).containsExactly("id: 0-1");
    assertThat(ids(former.join())).isEmpty();
    assertThat(log.isRead()).isFalse();
    assertThat(left).as("two outputs left, each of them once").hasValue(2);
  }

  @Test
  void a_client_that_is_let_go_is_told_when_to_come_back_and_misses_nothing() throws Exception {
    ResumableStream stream = log.open(ABANDONED_NEVER);
    onRequest =
        output -> {
          stream.attach(output, 0);
          stream.prime();
          stream.release(2_000);
          stream.event(message("{\"n\":1}"));
        };
    String first = requests.send("GET", "Host: localhost");
    assertThat(first).contains("id: 1-0\nretry: 500\ndata: \n\n").contains("retry: 2000");
    assertThat(ids(first)).containsExactly("id: 1-0");
    stream.finish(message("{\"n\":2}"));
    assertThat(ids(read(stream, 0))).containsExactly("id: 1-1", "id: 1-2");
  }

  @Test
  void a_client_is_given_up_that_nobody_has_seen_since_it_lost_its_stream() throws Exception {
    AtomicInteger abandoned = new AtomicInteger();
    AtomicInteger retryMillis = new AtomicInteger(60_000);
    ResumableStream stream = log.open(abandoned::incrementAndGet);
    onRequest =
        output -> {
          stream.attach(output, 0);
          log.abandonAfter(0); // while it reads
          stream.release(retryMillis.get());
        };
    requests.send("GET", "Host: localhost");
    log.abandonAfter(0);
    assertThat(abandoned).as("before it is to come back").hasValue(0);

    retryMillis.set(0);
    requests.send("GET", "Host: localhost");
    log.abandonAfter(TimeUnit.MINUTES.toNanos(1));
    assertThat(abandoned).as("while it may come back").hasValue(0);
    log.abandonAfter(0);
    assertThat(abandoned).hasValue(1);
    requests.send("GET", "Host: localhost");
    log.abandonAfter(0);
    assertThat(abandoned).as("each time that it goes").hasValue(2);
    stream.finish(message("{}"));
    log.abandonAfter(0);
    assertThat(abandoned).as("never when all is said").hasValue(2);
  }

  @Test
  void the_end_of_the_session_ends_the_listening_stream_also_for_whoever_comes_later()
      throws Exception {
    log.close();

    assertThat(ids(read(log.listening(), 0))).isEmpty();
    assertThat(log.isRead()).isFalse();
  }

  @Test
  void the_events_that_are_kept_have_a_bound_and_the_last_is_always_kept() throws Exception {
    ResumableStream many = log.open(ABANDONED_NEVER);
    for (int i = 0; i < 300; i++) {
      many.event(message("{}"));
    }
    many.end();
    assertThat(ids(read(many, 0))).hasSize(256).endsWith("id: 1-300");
    ResumableStream large = log.open(ABANDONED_NEVER);
    large.event(message("1"));
    large.finish(message("\"" + "x".repeat(3 << 20) + "\""));
    assertThat(ids(read(large, 0))).containsExactly("id: 2-2");
  }

  @Test
  void an_event_id_leads_to_its_stream_and_place() {
    ResumableStream first = log.open(ABANDONED_NEVER);
    ResumableStream second = log.open(ABANDONED_NEVER);
    assertThat(log.find("1-7")).isEqualTo(new EventLog.Place(first, 7));
    assertThat(log.find("2-0")).isEqualTo(new EventLog.Place(second, 0));
    assertThat(log.find("0-3")).isEqualTo(new EventLog.Place(log.listening(), 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1", "1-", "-1", "a-1", "1-b", "9-1", "1-99999999999999999999"})
  void an_id_that_is_none_of_the_sessions_leads_nowhere(String id) {
    log.open(ABANDONED_NEVER);
    assertThat(log.find(id)).isNull();
  }

  @Test
  void of_finished_streams_only_the_latest_are_kept() {
    List<ResumableStream> streams = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ResumableStream stream = log.open(ABANDONED_NEVER);
      stream.finish(message("{}"));
      streams.add(stream);
    }
    assertThat(log.find("1-1")).isNull();
    assertThat(log.find("2-1")).isNotNull();
    assertThat(log.find("9-1")).isNotNull();
    ResumableStream large = log.open(ABANDONED_NEVER);
    large.finish(message("x".repeat(300 << 10)));
    assertThat(log.find("9-1")).isNull();
    assertThat(log.find("10-1")).isEqualTo(new EventLog.Place(large, 1));
  }
}
