package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.catalog.View;
import io.mcprouter.endpoint.EndpointSettings.Limits;
import io.mcprouter.endpoint.EndpointSettings.Times;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Client sessions: who finds them, how many there may be, and when they end. */
class ClientSessionsTest {
  private static final Caller ANN = new Caller("ann", Map.of());
  private static final Caller BOB = new Caller("bob", Map.of());

  private final ClientSessions sessions = sessions(3, 2, Duration.ZERO);
  private final List<String> gone = new ArrayList<>();

  private static ClientSessions sessions(int most, int mostPerUser, Duration idle) {
    Limits limits = new Limits(1 << 20, 100, most, mostPerUser, 2, 10);
    Times times = new Times(idle, Duration.ofSeconds(1), Duration.ofSeconds(1));
    return new ClientSessions(new EndpointSettings("127.0.0.1", 0, null, Set.of(), limits, times));
  }

  private ClientSession open(Caller caller) throws McpFailure {
    return sessions.open(caller, View.EVERYTHING, Revision.LATEST, "{}");
  }

  @Test
  void a_session_is_found_by_its_own_caller_in_its_own_view_alone() throws Exception {
    ClientSession session = open(ANN);
    assertThat(sessions.find(session.id(), ANN, View.EVERYTHING)).isSameAs(session);
    assertThat(sessions.find(session.id(), BOB, View.EVERYTHING)).isNull();
    assertThat(sessions.find(session.id(), Caller.APPLICATION, View.EVERYTHING)).isNull();
    assertThat(sessions.find(session.id(), ANN, new View.Server("weather"))).isNull();
    assertThat(sessions.find("no-such-id", ANN, View.EVERYTHING)).isNull();
    assertThat(sessions.find(null, ANN, View.EVERYTHING)).isNull();
  }

  @Test
  void ids_are_long_visible_and_never_the_same() throws Exception {
    ClientSessions many = sessions(1_000, 1_000, Duration.ZERO);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(many.open(ANN, View.EVERYTHING, Revision.LATEST, "{}").id());
    }
    assertThat(ids).hasSize(1_000).allMatch(id -> id.matches("[A-Za-z0-9_-]{32}"));
  }

  @Test
  void whoever_comes_at_once_there_are_so_many_in_all_and_no_more() {
    ClientSessions few = sessions(10, 1_000, Duration.ZERO);
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        Caller user = new Caller("user-" + i, Map.of());
        all.submit(() -> few.open(user, View.EVERYTHING, Revision.LATEST, "{}"));
      }
    }
    assertThat(few.count()).isEqualTo(10);
  }

  @Test
  void a_user_has_so_many_sessions_and_no_more() throws Exception {
    ClientSession first = open(ANN);
    open(ANN);
    assertThatThrownBy(() -> open(ANN))
        .isInstanceOfSatisfying(
            McpFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(McpFailure.Kind.LIMIT_REACHED))
        .hasMessageContaining("you have 2 sessions open");
    sessions.close(first);
    sessions.close(first);
    open(ANN);
    assertThatThrownBy(() -> open(ANN)).isInstanceOf(McpFailure.class);
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void all_users_together_have_so_many_sessions_and_no_more() throws Exception {
    open(ANN);
    open(ANN);
    ClientSession bobs = open(BOB);
    assertThatThrownBy(() -> open(BOB)).hasMessageContaining("as many sessions as it may");
    sessions.close(bobs);
    assertThat(open(BOB)).isNotNull();
  }

  @Test
  void an_unused_session_ends_and_one_with_a_call_or_a_connection_does_not() throws Exception {
    sessions.onGone(gone::add);
    ClientSession unused = open(ANN);
    ClientSession connected = open(ANN);
    connected.liveOn(Channel.NONE);
    ClientSession calling = open(BOB);
    ClientCall call =
        new ClientCall(
            calling, calling.caller(), Frame.of("{\"id\":1,\"method\":\"ping\"}"), Channel.NONE);
    calling.open(call, 1);

    sessions.closeIdle();
    assertThat(gone).containsExactly(unused.id());
    assertThat(unused.isClosed()).isTrue();
    assertThat(sessions.find(unused.id(), ANN, View.EVERYTHING)).isNull();

    calling.done(call);
    calling.done(call);
    sessions.closeIdle();
    assertThat(gone).containsExactly(unused.id(), calling.id());
    assertThat(sessions.count()).isEqualTo(1);
  }

  @Test
  void a_session_that_is_used_lives() throws Exception {
    ClientSessions patient = sessions(3, 3, Duration.ofHours(1));
    patient.open(ANN, View.EVERYTHING, Revision.LATEST, "{}");
    patient.closeIdle();
    assertThat(patient.count()).isEqualTo(1);
  }

  @Test
  void a_session_has_so_many_open_calls_and_no_more() throws Exception {
    ClientSession session = open(ANN);
    List<ClientCall> calls = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      calls.add(
          new ClientCall(
              session,
              session.caller(),
              Frame.of("{\"id\":" + id + ",\"method\":\"ping\"}"),
              Channel.NONE));
    }
    assertThat(session.open(calls.get(0), 2)).isTrue();
    assertThat(session.open(calls.get(1), 2)).isTrue();
    assertThat(session.open(calls.get(2), 2)).isFalse();
    session.done(calls.get(0));
    assertThat(session.open(calls.get(2), 2)).isTrue();
  }

  @Test
  void the_end_of_a_session_cancels_what_is_open() throws Exception {
    ClientSession session = open(ANN);
    ClientCall call =
        new ClientCall(
            session, session.caller(), Frame.of("{\"id\":1,\"method\":\"ping\"}"), Channel.NONE);
    session.open(call, 1);
    List<McpFailure> failures = new ArrayList<>();
    call.call().onOutcome((reply, failure) -> failures.add(failure));
    sessions.closeAll();
    assertThat(failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(McpFailure.Kind.CANCELLED));
  }
}
