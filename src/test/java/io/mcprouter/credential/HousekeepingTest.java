package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  @Test
  void what_comes_when_the_router_stops_is_no_fault() {
    Housekeeping housekeeping = new Housekeeping();
    AtomicBoolean done = new AtomicBoolean();
    housekeeping.close();
    assertThatCode(() -> housekeeping.soon("late news", () -> done.set(true)))
        .doesNotThrowAnyException();
    assertThat(done).isFalse();
  }
}
