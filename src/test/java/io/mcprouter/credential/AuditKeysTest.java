package io.mcprouter.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuditKeysTest {
  private static final Instant TIME = Instant.parse("2026-11-21T10:00:00.123456Z");

  @Test
  void keys_are_in_the_order_of_their_times() {
    AuditKeys keys = new AuditKeys();
    long at = keys.of(TIME);

    assertThat(at).isGreaterThanOrEqualTo(AuditKeys.atOrAfter(TIME));
    assertThat(at).isLessThan(AuditKeys.atOrAfter(TIME.plus(1, ChronoUnit.MICROS)));
  }

  @Test
  void entries_of_one_microsecond_have_keys_of_their_own() {
    AuditKeys keys = new AuditKeys();

    assertThat(LongStream.range(0, 4096).map(entry -> keys.of(TIME)).distinct().count())
        .isEqualTo(4096);
  }

  @Test
  void a_time_before_all_keys_is_before_all_keys() {
    assertThat(AuditKeys.atOrAfter(Instant.EPOCH)).isZero();
    assertThat(AuditKeys.atOrAfter(Instant.MIN)).isZero();
  }

  @Test
  void a_time_behind_all_keys_is_behind_all_keys() {
    assertThat(AuditKeys.atOrAfter(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void there_are_keys_for_the_years_to_come() {
    assertThat(new AuditKeys().of(Instant.parse("2090-01-01T00:00:00Z"))).isPositive();
  }
}
