package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.by;
import static io.mcprouter.session.SessionBench.failure;
import static io.mcprouter.session.SessionBench.remote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionSubscriptionsTest {
  private static final McpClient FIRST = new McpClient("client-1", "{}");
  private static final McpClient SECOND = new McpClient("client-2", "{}");

  private final SessionBench bench = new SessionBench(SessionBench.limits(10, 10, 10, 10));
  private final FakeServer server = bench.server("docs");

  @AfterEach
  void stop() {
    bench.close();
  }

  private CompletableFuture<Frame> send(McpClient client, String method, String params) {
    String json =
        "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + "}";
    return bench.send(server, by("ann", client), remote("ann"), json);
  }

  private Frame subscribe(McpClient client, String uri) throws Exception {
    return send(client, Methods.RESOURCES_SUBSCRIBE, "{\"uri\":\"" + uri + "\"}")
        .get(10, TimeUnit.SECONDS);
  }

  private Frame unsubscribe(McpClient client, String uri) throws Exception {
    return send(client, Methods.RESOURCES_UNSUBSCRIBE, "{\"uri\":\"" + uri + "\"}")
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void the_server_is_told_only_when_the_last_client_unsubscribes() throws Exception {
    subscribe(FIRST, "a:1");
    subscribe(SECOND, "a:1");

    Frame local = unsubscribe(FIRST, "a:1");
    assertThat(new String(local.bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":{}}");
    assertThat(server.newest().methods())
        .containsExactly(Methods.RESOURCES_SUBSCRIBE, Methods.RESOURCES_SUBSCRIBE);

    unsubscribe(SECOND, "a:1");
    assertThat(server.newest().methods()).endsWith(Methods.RESOURCES_UNSUBSCRIBE);
    assertThat(bench.sessions.views())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.subscriptions()).isZero();
              assertThat(view.inFlight()).isZero();
            });
  }

  @Test
  void the_subscriptions_of_a_client_that_is_gone_are_dropped() throws Exception {
    subscribe(FIRST, "a:1");
    subscribe(FIRST, "a:2");
    subscribe(SECOND, "a:2");

    bench.sessions.clientGone("client-1");

    assertThat(server.newest().requests)
        .filteredOn(request -> request.method().equals(Methods.RESOURCES_UNSUBSCRIBE))
        .extracting(Frame::uri)
        .containsExactly("a:1");
    assertThat(bench.sessions.views())
        .singleElement()
        .satisfies(view -> assertThat(view.subscriptions()).isEqualTo(1));
  }

  @Test
  void a_lost_session_is_opened_again_and_subscribed_again() throws Exception {
    subscribe(FIRST, "a:1");
    send(FIRST, Methods.SET_LOG_LEVEL, "{\"level\":\"error\"}").get(10, TimeUnit.SECONDS);
    server.newest().die();

    await().untilAsserted(() -> assertThat(server.connections).hasSize(2));
    await()
        .untilAsserted(
            () ->
                assertThat(server.newest().methods())
                    .containsExactly(Methods.SET_LOG_LEVEL, Methods.RESOURCES_SUBSCRIBE));
    assertThat(server.newest().requests.getLast().uri()).isEqualTo("a:1");
    await()
        .untilAsserted(
            () ->
                assertThat(bench.heard)
                    .containsExactly("docs/ann/ notifications/resources/updated"));
  }

  @Test
  void a_server_that_is_down_for_a_while_is_subscribed_to_again_when_it_is_back() throws Exception {
    subscribe(FIRST, "a:1");
    server.down = "refused";
    server.newest().die();
    await().untilAsserted(() -> assertThat(server.attempts).hasValue(2));
    server.down = null;

    await().untilAsserted(() -> assertThat(server.connections).hasSize(2));
    await()
        .untilAsserted(
            () ->
                assertThat(server.newest().methods()).containsExactly(Methods.RESOURCES_SUBSCRIBE));
  }

  @Test
  void a_server_whose_entry_went_away_is_not_connected_to_again() throws Exception {
    FakeServer other = bench.server("other");
    subscribe(FIRST, "a:1");
    String subscribe =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/subscribe\","
            + "\"params\":{\"uri\":\"a:1\"}}";
    bench.send(other, by("ann", FIRST), remote("ann"), subscribe).get(10, TimeUnit.SECONDS);
    server.newest().die();
    bench.sessions.drain("docs", Duration.ofMinutes(1)).get(10, TimeUnit.SECONDS);
    other.newest().die();

    await().untilAsserted(() -> assertThat(other.connections).hasSize(2));
    assertThat(server.connections).hasSize(1);
  }

  @Test
  void a_lost_session_that_nobody_subscribed_to_stays_closed_and_keeps_the_log_level()
      throws Exception {
    send(FIRST, Methods.SET_LOG_LEVEL, "{\"level\":\"error\"}").get(10, TimeUnit.SECONDS);
    server.newest().die();
    assertThat(server.alive).hasValue(0);

    send(FIRST, Methods.TOOLS_CALL, "{\"name\":\"x\"}").get(10, TimeUnit.SECONDS);

    assertThat(server.newest().methods())
        .containsExactly(Methods.SET_LOG_LEVEL, Methods.TOOLS_CALL);
    assertThat(server.newest().requests.getFirst().params())
        .satisfies(params -> assertThat(params.json()).isEqualTo("{\"level\":\"error\"}"));
  }

  private Frame logLevel(McpClient client, String level) throws Exception {
    return send(client, Methods.SET_LOG_LEVEL, "{\"level\":\"" + level + "\"}")
        .get(10, TimeUnit.SECONDS);
  }

  private List<String> levelsTold() {
    return server.newest().requests.stream()
        .filter(request -> request.method().equals(Methods.SET_LOG_LEVEL))
        .map(request -> String.valueOf(Objects.requireNonNull(request.params()).string("level")))
        .toList();
  }

  @Test
  void the_server_is_told_the_most_verbose_level_that_a_client_asked_for() throws Exception {
    logLevel(FIRST, "debug");
    assertThat(logLevel(SECOND, "error").kind()).isEqualTo(Frame.Kind.RESULT);
    logLevel(FIRST, "warning");
    logLevel(SECOND, "info");
    logLevel(SECOND, "loud");

    assertThat(levelsTold()).containsExactly("debug", "debug", "warning", "info", "loud");
  }

  @Test
  void the_level_of_a_client_that_is_gone_counts_no_more() throws Exception {
    logLevel(FIRST, "debug");
    logLevel(SECOND, "error");

    bench.sessions.clientGone("client-1");
    assertThat(levelsTold()).containsExactly("debug", "debug", "error");

    bench.sessions.clientGone("client-2");
    assertThat(levelsTold()).hasSize(3);
  }

  @Test
  void too_many_subscriptions_are_refused() throws Exception {
    subscribe(FIRST, "a:1");
    subscribe(FIRST, "a:2");
    subscribe(SECOND, "a:2");

    McpFailure refused = failure(send(FIRST, Methods.RESOURCES_SUBSCRIBE, "{\"uri\":\"a:3\"}"));

    assertThat(refused.kind()).isEqualTo(McpFailure.Kind.LIMIT_REACHED);
    assertThat(refused).hasMessageContaining("subscribed");
  }
}
