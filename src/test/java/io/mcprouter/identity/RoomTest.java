package io.mcprouter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcprouter.identity.Callers.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RoomTest {
  private final Room room = new Room();

  @Test
  void where_too_many_wait_the_next_is_told_to_come_again_and_finds_place_later() throws Exception {
    CountDownLatch waiting = new CountDownLatch(Room.MOST_AT_ONCE);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> slow = new ArrayList<>();
      for (int i = 0; i < Room.MOST_AT_ONCE; i++) {
        slow.add(threads.submit(() -> room.in(() -> slowly(waiting, go))));
      }
      waiting.await();
      assertThatExceptionOfType(Refused.class)
          .isThrownBy(() -> room.in(() -> "at once"))
          .satisfies(why -> assertThat(why.reason()).isEqualTo(Callers.Reason.UNAVAILABLE));
      assertThat(new Room().in(() -> "elsewhere")).isEqualTo("elsewhere");

      go.countDown();
      for (Future<String> each : slow) {
        assertThat(each.get()).isEqualTo("slow");
      }
    }
    assertThat(room.in(() -> "at once")).isEqualTo("at once");
  }

  private static String slowly(CountDownLatch waiting, CountDownLatch go) {
    waiting.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return "slow";
  }
}
