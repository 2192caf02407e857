package io.mcprouter.routing.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptResultsTest {
  private long now;
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final KeptResults results = new KeptResults(100, 10_000, 5_000, () -> now, later::add);

  private static Frame reply(int bytes) {
    String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":\"\"}}";
    return Frame.of(message.replace("\"\"", "\"" + "x".repeat(bytes - message.length()) + "\""));
  }

  @Test
  void a_result_is_kept_for_its_time() {
    Frame reply = reply(2_000);
    String id = results.keep("ann", reply);

    now = 99;
    assertThat(results.find("ann", id)).isSameAs(reply);
    now = 100;
    assertThat(results.find("ann", id)).isNull();
  }

  @Test
  void what_has_expired_goes_though_nobody_asks() {
    results.keep("ann", reply(2_000));
    now = 50;
    results.keep("ann", reply(2_000));
    assertThat(later).as("one look later, however many are kept").hasSize(1);

    now = 100;
    later.remove().run();
    assertThat(results.size()).isOne();
    now = 150;
    later.remove().run();
    assertThat(results.size()).isZero();
    assertThat(later).as("nothing is left to look at").isEmpty();
    results.keep("ann", reply(2_000));
    assertThat(later).hasSize(1);
  }

  @Test
  void nobody_else_finds_it_whatever_the_tenant() {
    Caller ann = new Caller("ann", Map.of());
    Caller other =
        new Caller("other", "ann", Map.of(), Set.of(), Set.of(), Caller.Source.JWT, null);
    String id = results.keep(ann.key(), reply(2_000));

    assertThat(results.find(other.key(), id)).isNull();
    assertThat(results.find("bob", id)).isNull();
    assertThat(results.find(ann.key(), id)).isNotNull();
  }

  @Test
  void the_oldest_of_a_user_go_when_the_users_share_is_used_up() {
    String ofBob = results.keep("bob", reply(2_000));
    String first = results.keep("ann", reply(2_000));
    String second = results.keep("ann", reply(2_000));
    String third = results.keep("ann", reply(2_000));

    assertThat(results.find("ann", first)).isNull();
    assertThat(results.find("ann", second)).isNotNull();
    assertThat(results.find("ann", third)).isNotNull();
    assertThat(results.find("bob", ofBob)).isNotNull();
  }

  @Test
  void the_oldest_of_all_go_when_there_is_no_room() {
    String ofAnn = results.keep("ann", reply(4_000));
    String ofBob = results.keep("bob", reply(4_000));
    String ofCid = results.keep("cid", reply(4_000));

    assertThat(results.find("ann", ofAnn)).isNull();
    assertThat(results.find("bob", ofBob)).isNotNull();
    assertThat(results.find("cid", ofCid)).isNotNull();
  }

  @Test
  void a_result_larger_than_a_share_is_not_kept_and_costs_the_others_nothing() {
    String small = results.keep("ann", reply(2_000));

    assertThat(results.keep("ann", reply(5_001))).isNull();
    assertThat(results.find("ann", small)).isNotNull();
  }

  @Test
  void room_that_was_used_is_free_again() {
    List<String> ids = new ArrayList<>();
    for (int round = 0; round < 1_000; round++) {
      now += 30;
      ids.add(results.keep("ann", reply(1_100 + round % 7)));
      ids.add(results.keep("bob", reply(200)));
    }

    assertThat(ids).doesNotContainNull().doesNotHaveDuplicates();
    assertThat(ids.stream().filter(id -> results.find("bob", id) != null)).hasSize(4);
    assertThat(ids.stream().filter(id -> results.find("ann", id) != null)).hasSize(4);
  }
}
