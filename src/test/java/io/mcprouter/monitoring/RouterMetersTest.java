package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.CallOutcome;
import io.mcprouter.session.SessionEnd;
import io.mcprouter.transport.spi.McpFailure;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterMetersTest {
  private static final long MILLISECOND = 1_000_000;
  private static final String CIRCUITS = "mcp.router.circuit.breaker.state";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServerStates states = new ServerStates();
  private final Router router = new Router();
  private final RouterMeters meters = new RouterMeters(registry, states, router);

  @BeforeEach
  void two_servers() {
    router.running =
        List.of(
            new RouterState.RunningServer("files", "stdio"),
            new RouterState.RunningServer("web", "sse"));
    meters.update();
  }

  @Test
  void a_call_is_timed_by_server_method_transport_and_outcome() {
    meters.ended("files", Methods.TOOLS_CALL, CallOutcome.OK, 3 * MILLISECOND);
    meters.ended("files", Methods.TOOLS_CALL, CallOutcome.OK, 4 * MILLISECOND);
    var timer =
        registry
            .get("mcp.router.calls")
            .tags("server", "files", "transport", "stdio")
            .tags("method", "tools/call", "outcome", "ok")
            .timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
  }

  @Test
  void methods_and_servers_that_peers_make_up_make_no_series() {
    meters.ended("files", "own/method", CallOutcome.ERROR, MILLISECOND);
    int before = registry.getMeters().size();
    for (int i = 0; i < 10_000; i++) {
      meters.ended("files", "own/method" + i, CallOutcome.ERROR, MILLISECOND);
      meters.ended("made-up-" + i, Methods.TOOLS_CALL, CallOutcome.OK, MILLISECOND);
    }
    assertThat(registry.getMeters()).hasSize(before);
    assertThat(registry.get("mcp.router.calls").tag("method", "other").timer().count())
        .isEqualTo(10_001);
  }

  @Test
  void the_meters_of_a_server_go_with_it_and_late_calls_do_not_bring_them_back() {
    meters.ended("files", Methods.PING, CallOutcome.OK, MILLISECOND);
    meters.opened("files", "stdio", Duration.ofMillis(1));
    router.running = List.of(new RouterState.RunningServer("web", "sse"));
    meters.update();
    meters.ended("files", Methods.PING, CallOutcome.OK, MILLISECOND);
    meters.closed("files", "stdio", SessionEnd.DRAINED);
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .noneMatch(id -> "files".equals(id.getTag("server")))
        .anyMatch(id -> "web".equals(id.getTag("server")));
  }

  @Test
  void an_entry_that_changes_its_transport_starts_anew() {
    meters.ended("files", Methods.PING, CallOutcome.OK, MILLISECOND);
    router.running = List.of(new RouterState.RunningServer("files", "websocket"));
    meters.update();
    meters.ended("files", Methods.PING, CallOutcome.OK, MILLISECOND);
    assertThat(registry.find("mcp.router.calls").tag("transport", "stdio").timers()).isEmpty();
    assertThat(registry.get("mcp.router.calls").tag("transport", "websocket").timer().count())
        .isEqualTo(1);
  }

  @Test
  void a_server_is_up_while_a_session_is_open_whatever_other_users_meet() {
    assertThat(up("web")).isNaN();
    states.opened("web", "sse", Duration.ZERO);
    states.openFailed("web", "sse", McpFailure.Kind.UNAVAILABLE, Duration.ZERO);
    assertThat(up("web")).isEqualTo(1);
    states.closed("web", "sse", SessionEnd.IDLE);
    assertThat(up("web")).isEqualTo(1);
    states.openFailed("web", "sse", McpFailure.Kind.UNAVAILABLE, Duration.ZERO);
    assertThat(up("web")).isZero();
  }

  @Test
  void a_server_is_down_when_its_last_session_is_lost() {
    states.opened("web", "sse", Duration.ZERO);
    states.opened("web", "sse", Duration.ZERO);
    states.closed("web", "sse", SessionEnd.LOST);
    assertThat(up("web")).isEqualTo(1);
    states.closed("web", "sse", SessionEnd.LOST);
    assertThat(up("web")).isZero();
    assertThat(states.of("web").failure()).isEqualTo("connection_lost");
  }

  @Test
  void a_limit_of_the_router_or_a_missing_user_value_is_no_fault_of_the_server() {
    states.openFailed("web", "sse", McpFailure.Kind.LIMIT_REACHED, Duration.ZERO);
    states.openFailed("web", "sse", McpFailure.Kind.NOT_CONFIGURED, Duration.ZERO);
    assertThat(up("web")).isNaN();
  }

  @Test
  void the_state_of_a_circuit_breaker_is_a_meter_while_the_server_has_one() {
    router.circuits = Map.of("files", CircuitState.OPEN);
    meters.update();

    assertThat(circuit("files", "open")).isEqualTo(1);
    assertThat(circuit("files", "half_open")).isZero();
    assertThat(circuit("files", "closed")).isZero();
    assertThat(registry.find(CIRCUITS).tag("server", "web").gauges()).isEmpty();

    router.circuits = Map.of();
    meters.update();
    assertThat(registry.find(CIRCUITS).gauges()).isEmpty();
  }

  private double circuit(String server, String state) {
    return registry.get(CIRCUITS).tags("server", server, "state", state).gauge().value();
  }

  private double up(String server) {
    return registry.get("mcp.router.server.up").tag("server", server).gauge().value();
  }

  private static final class Router implements RouterState {
    private List<RunningServer> running = List.of();
    private Map<String, CircuitState> circuits = Map.of();

    @Override
    public List<RunningServer> running() {
      return running;
    }

    @Override
    public List<String> failed() {
      return List.of();
    }

    @Override
    public Map<String, Integer> openCalls() {
      return Map.of();
    }

    @Override
    public Map<String, Integer> sessions() {
      return Map.of();
    }

    @Override
    public Map<String, Integer> children() {
      return Map.of();
    }

    @Override
    public Map<String, CircuitState> circuitBreakers() {
      return circuits;
    }

    @Override
    public int clientSessions() {
      return 0;
    }

    @Override
    public Limits limits() {
      return new Limits(1, 1, 1);
    }
  }
}
