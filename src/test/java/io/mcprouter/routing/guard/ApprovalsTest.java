package io.mcprouter.routing.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
  private static final ApprovalDecision YES = new ApprovalDecision.Agreed();

  private final Approvals approvals = new Approvals((request, agreed) -> {});
  private final AtomicInteger ids = new AtomicInteger();

  private static Caller caller(String tenant, String id) {
    return new Caller(tenant, id, Map.of(), Set.of(), Set.of(), Caller.Source.JWT, null);
  }

  private OpenApproval open(Caller caller, Approver approver) {
    return approvals.open(
        new ApprovalRequest(
            "id-" + ids.incrementAndGet(),
            caller,
            "one",
            "pay",
            "{}",
            "",
            approver,
            Instant.EPOCH,
            Instant.MAX));
  }

  @Test
  void a_user_has_twenty_that_wait_and_another_one_when_one_of_them_is_over() {
    Caller ann = caller("", "ann");
    OpenApproval first = open(ann, Approver.USER);
    IntStream.range(1, Approvals.MOST_OF_USER)
        .forEach(call -> assertThat(open(ann, Approver.USER)).isNotNull());

    assertThat(open(ann, Approver.USER)).isNull();
    assertThat(open(caller("other", "ann"), Approver.USER)).isNotNull();
    first.decide(YES);
    assertThat(open(ann, Approver.USER)).isNotNull();
  }

  @Test
  void a_thousand_wait_in_all() {
    for (int call = 0; call < Approvals.MOST; call++) {
      assertThat(open(caller("", "user-" + call), Approver.USER)).isNotNull();
    }
    assertThat(open(caller("", "one more"), Approver.USER)).isNull();
  }

  @Test
  void the_first_decision_counts_and_who_comes_second_is_told() {
    Caller ann = caller("", "ann");
    OpenApproval opened = open(ann, Approver.USER);
    List<ApprovalDecision> heard = new ArrayList<>();
    opened.onDecision(heard::add);
    String id = opened.request().id();

    assertThat(approvals.decide(id, ann, false, YES).outcome())
        .isEqualTo(Approvals.Outcome.DECIDED);
    assertThat(approvals.of(ann, false)).isEmpty();
    assertThat(approvals.decide(id, ann, false, new ApprovalDecision.Refused("no")).outcome())
        .isEqualTo(Approvals.Outcome.TOO_LATE);
    assertThat(opened.decide(new ApprovalDecision.Refused("no"))).isFalse();
    assertThat(heard).containsExactly(YES);
  }

  @Test
  void what_is_over_is_unknown_to_who_could_not_have_decided_it() {
    OpenApproval opened = open(caller("", "ann"), Approver.USER);
    opened.decide(YES);

    assertThat(approvals.decide(opened.request().id(), caller("", "bob"), false, YES).outcome())
        .isEqualTo(Approvals.Outcome.UNKNOWN);
  }

  @Test
  void nobody_of_another_tenant_decides_not_even_an_administrator() {
    Caller ann = caller("acme", "ann");
    String id = open(ann, Approver.USER).request().id();
    for (Caller other : List.of(caller("other", "ann"), caller("", "root"))) {
      assertThat(approvals.of(other, true)).isEmpty();
      assertThat(approvals.decide(id, other, true, YES).outcome())
          .isEqualTo(Approvals.Outcome.UNKNOWN);
    }
    assertThat(approvals.of(caller("acme", "root"), true)).hasSize(1);
    assertThat(approvals.of(caller("acme", "bob"), false)).isEmpty();
    assertThat(approvals.of(ann, false)).hasSize(1);
  }

  @Test
  void four_eyes_are_not_those_of_the_caller() {
    Caller root = caller("", "root");
    open(root, Approver.ADMINISTRATOR);

    assertThat(approvals.of(root, true)).isEmpty();
    assertThat(approvals.of(caller("", "chief"), false)).isEmpty();
    assertThat(approvals.of(caller("", "chief"), true)).hasSize(1);
  }

  @Test
  void what_does_not_show_is_an_escape_and_blanks_between_tokens_are_gone() {
    assertThat(Visible.json("{ \"a\" :\n[1 , \" b\\\" \" ]}")).isEqualTo("{\"a\":[1,\" b\\\" \"]}");
    assertThat(Visible.json("\"\u200b\uDB40\uDC41\u00e9\""))
        .isEqualTo("\"\\u200b\\udb40\\udc41é\"");
    assertThat(Visible.text("a\nb\u2028")).isEqualTo("a\\u000ab\\u2028");
  }
}
