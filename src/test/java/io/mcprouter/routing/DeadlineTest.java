package io.mcprouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ServerQuestion;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of one call, with a clock that stands until it is moved. */
class DeadlineTest {
  private static final Frame QUESTION =
      Frame.of("{\"id\":\"q\",\"method\":\"elicitation/create\"}");
  private static final Frame PROGRESS = Frame.of("{\"method\":\"notifications/progress\"}");

  private final StoppedTimer timer = new StoppedTimer();
  private final CompletableFuture<McpFailure> ended = new CompletableFuture<>();
  private final List<String> cancelled = new ArrayList<>();
  private final List<CallStream.Answer> asked = new ArrayList<>();
  private final McpCall call =
      new McpCall(
          Caller.APPLICATION,
          McpClient.NONE,
          new CallStream() {
            @Override
            public void notify(Frame notification) {}

            @Override
            public void ask(Frame request, Answer answer) {
              asked.add(answer);
            }
          });
  private final Deadline deadline =
      new Deadline(
          timer,
          call,
          "weather",
          new Deadline.Limits(
              Duration.ofSeconds(30), Duration.ofSeconds(100), Duration.ofMinutes(5)),
          () -> timer.now);

  @BeforeEach
  void listen() {
    call.clock(deadline);
    call.onOutcome((reply, failure) -> ended.complete(failure));
  }

  private void send() {
    assertThat(call.start(reason -> cancelled.add(reason.toldToServer()))).isTrue();
  }

  private String message() {
    return ended.join().getMessage();
  }

  @Test
  void nothing_counts_before_the_request_is_sent() {
    timer.advance(Duration.ofHours(1));
    assertThat(ended).isNotDone();
    assertThat(timer.armed).isEmpty();
  }

  @Test
  void the_call_ends_when_its_time_is_over_and_the_server_is_told() {
    timer.advance(Duration.ofHours(1));
    send();
    timer.advance(Duration.ofMillis(29_999));
    assertThat(ended).isNotDone();
    timer.advance(Duration.ofMillis(1));
    assertThat(ended.join().kind()).isEqualTo(McpFailure.Kind.TIMED_OUT);
    assertThat(message()).isEqualTo("Server 'weather': no answer within 30000 ms");
    assertThat(cancelled).containsExactly("timed out");
    assertThat(timer.armed).isEmpty();
  }

  @Test
  void progress_begins_the_time_anew_without_touching_the_timer() {
    send();
    timer.advance(Duration.ofSeconds(20));
    call.notify(PROGRESS);
    assertThat(timer.made).isEqualTo(1);
    timer.advance(Duration.ofSeconds(29));
    assertThat(ended).isNotDone();
    timer.advance(Duration.ofSeconds(1));
    assertThat(message()).contains("30000 ms");
  }

  @Test
  void progress_cannot_go_beyond_the_limit_in_all() {
    send();
    for (int second = 0; second < 99; second++) {
      timer.advance(Duration.ofSeconds(1));
      call.notify(PROGRESS);
    }
    assertThat(ended).isNotDone();
    timer.advance(Duration.ofSeconds(1));
    assertThat(message()).contains("100000 ms");
  }

  @Test
  void the_time_stands_still_while_a_person_is_asked() {
    send();
    timer.advance(Duration.ofSeconds(25));
    call.ask(QUESTION, question());
    timer.advance(Duration.ofSeconds(299));
    call.notify(PROGRESS);
    asked.getFirst().reply(Frame.of("{\"id\":1,\"result\":{}}"));
    timer.advance(Duration.ofMillis(4_999));
    assertThat(ended).isNotDone();
    timer.advance(Duration.ofMillis(1));
    assertThat(message()).contains("30000 ms");
  }

  @Test
  void the_time_of_a_question_does_not_count_towards_the_limit_in_all() {
    send();
    call.ask(QUESTION, question());
    timer.advance(Duration.ofSeconds(200));
    asked.getFirst().decline("no");
    for (int second = 0; second < 99; second++) {
      timer.advance(Duration.ofSeconds(1));
      call.notify(PROGRESS);
    }
    assertThat(ended).isNotDone();
  }

  @Test
  void a_question_has_a_limit_of_its_own() {
    send();
    call.ask(QUESTION, question());
    timer.advance(Duration.ofSeconds(299));
    assertThat(ended).isNotDone();
    timer.advance(Duration.ofSeconds(1));
    assertThat(message()).contains("300000 ms");
  }

  @Test
  void of_several_questions_the_last_answer_lets_the_time_go_on() {
    send();
    call.ask(QUESTION, question());
    call.ask(QUESTION, question());
    asked.get(0).reply(Frame.of("{\"id\":1,\"result\":{}}"));
    asked.get(0).decline("twice");
    timer.advance(Duration.ofSeconds(100));
    assertThat(ended).isNotDone();
    asked.get(1).decline("no");
    timer.advance(Duration.ofSeconds(30));
    assertThat(message()).contains("30000 ms");
  }

  @Test
  void a_question_that_the_server_takes_back_lets_the_time_go_on() {
    send();
    ServerQuestion question = question();
    List<String> told = new ArrayList<>();
    call.ask(QUESTION, question);
    asked.getFirst().onWithdrawn(() -> told.add("withdrawn"));
    timer.advance(Duration.ofSeconds(100));
    question.withdraw();
    assertThat(told).containsExactly("withdrawn");
    timer.advance(Duration.ofSeconds(30));
    assertThat(message()).contains("30000 ms");
  }

  @Test
  void a_timer_that_fires_late_ends_no_call_that_is_over() {
    send();
    Armed late = timer.armed.getFirst();
    call.complete(Frame.of("{\"id\":1,\"result\":{}}"));
    deadline.disarm();
    assertThat(timer.armed).isEmpty();
    timer.now += Duration.ofHours(1).toNanos();
    late.fire();
    assertThat(ended).isCompletedWithValue(null);
    assertThat(cancelled).isEmpty();
  }

  @Test
  void a_deadline_that_was_taken_away_is_not_armed_again() {
    deadline.disarm();
    send();
    assertThat(timer.armed).isEmpty();
  }

  @Test
  void a_request_that_is_sent_again_gets_its_time_again() {
    send();
    timer.advance(Duration.ofSeconds(29));
    send();
    timer.advance(Duration.ofSeconds(29));
    assertThat(ended).isNotDone();
    timer.advance(Duration.ofSeconds(1));
    assertThat(message()).contains("30000 ms");
  }

  private static ServerQuestion question() {
    return new ServerQuestion(QUESTION, answer -> {});
  }

  /** A timer whose time is moved by hand. */
  private static final class StoppedTimer implements Timer {
    private final List<Armed> armed = new ArrayList<>();
    private long now = 1_000;
    private int made;

    void advance(Duration by) {
      now += by.toNanos();
      for (Armed due : List.copyOf(armed)) {
        if (due.at - now <= 0 && armed.remove(due)) {
          due.fire();
        }
      }
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
      made++;
      Armed timeout = new Armed(this, task, now + unit.toNanos(delay));
      armed.add(timeout);
      return timeout;
    }

    @Override
    public Set<Timeout> stop() {
      return Set.copyOf(armed);
    }
  }

  private record Armed(StoppedTimer timer, TimerTask task, long at) implements Timeout {
    void fire() {
      try {
        task.run(this);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean isExpired() {
      return !timer.armed.contains(this);
    }

    @Override
    public boolean isCancelled() {
      return isExpired();
    }

    @Override
    public boolean cancel() {
      return timer.armed.remove(this);
    }
  }
}
