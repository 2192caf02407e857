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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsTest {
  private static final ApprovalDecision YES = new ApprovalDecision.Agreed();

  private final Approvals approvals = new Approvals((request, agreed) -> {}, true);
  private boolean away;
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
            Instant.MAX),
        () -> away);
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
  void a_thousand_wait_in_all_and_one_tenant_leaves_room_for_others() {
    for (String tenant : List.of("acme", "other")) {
      for (int call = 0; call < Approvals.MOST_OF_TENANT; call++) {
        assertThat(open(caller(tenant, "user-" + call), Approver.USER)).isNotNull();
      }
      assertThat(open(caller(tenant, "one more"), Approver.USER)).isNull();
    }
    assertThat(open(caller("third", "ann"), Approver.USER)).isNull();
  }

  @Test
  void nobody_agrees_while_the_client_that_calls_is_away() {
    Caller ann = caller("", "ann");
    OpenApproval opened = open(ann, Approver.USER);
    String id = opened.request().id();

    away = true;
    assertThat(approvals.decide(id, ann, false, YES).outcome()).isEqualTo(Approvals.Outcome.AWAY);
    assertThat(approvals.of(ann, false)).hasSize(1);
    away = false;
    assertThat(approvals.decide(id, ann, false, YES).outcome())
        .isEqualTo(Approvals.Outcome.DECIDED);
  }

  @Test
  void a_revoked_key_refuses_what_keys_of_its_user_asked_for_and_nothing_else() {
    Caller key = new Caller("", "ann", Map.of(), Set.of(), Set.of(), Caller.Source.API_KEY, null);
    Caller other = new Caller("", "bob", Map.of(), Set.of(), Set.of(), Caller.Source.API_KEY, null);
    List<ApprovalDecision> heard = new ArrayList<>();
    open(key, Approver.USER).onDecision(heard::add);
    open(caller("", "ann"), Approver.USER);
    open(other, Approver.USER);

    approvals.keyRevoked("ann");
    assertThat(heard).singleElement().isInstanceOf(ApprovalDecision.Refused.class);
    assertThat(approvals.of(caller("", "root"), true)).hasSize(2);
    approvals.keysUnknown();
    assertThat(approvals.of(caller("", "root"), true))
        .singleElement()
        .satisfies(left -> assertThat(left.caller().source()).isEqualTo(Caller.Source.JWT));
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

  @Test
  void escapes_of_the_client_are_resolved_before_anything_is_looked_at() {
    assertThat(Visible.json("{\"\\u0070ay\":[\"\\u0061\\u202e\\/\\n\",1.50,true,null,{},[]]}"))
        .isEqualTo("{\"pay\":[\"a\\u202e/\\u000a\",1.50,true,null,{},[]]}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x3164, 0x2800, 0xFFA0, 0x115F, 0xFE0F, 0xE0100, 0x034F})
  void letters_without_ink_and_marks_that_choose_a_form_are_shown(int hidden) {
    assertThat(Visible.json("\"a" + Character.toString(hidden) + "b\""))
        .startsWith("\"a\\u")
        .endsWith("b\"");
  }

  @Test
  void many_blanks_in_a_row_are_counted() {
    assertThat(Visible.json("\"a" + " ".repeat(20) + "b\"")).hasSize(24);
    assertThat(Visible.json("\"a" + " ".repeat(300) + "b\"")).isEqualTo("\"a\\u0020{300}b\"");
    assertThat(Visible.json("\"" + "\u00a0 ".repeat(15) + "\"")).isEqualTo("\"\\u00a0{30}\"");
  }
}
