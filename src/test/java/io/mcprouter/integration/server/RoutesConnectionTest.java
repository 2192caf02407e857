package io.mcprouter.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many calls a connection serves at once, and how they leave. */
class RoutesConnectionTest {
  private static final byte[] RESULT = "{\"content\":[]}".getBytes(UTF_8);

  private final RouteServers servers = new RouteServers();
  private final BlockingQueue<RunningCall> served = new LinkedBlockingQueue<>();
  private final RoutesConnection connection =
      new RoutesConnection(
          servers.server("s"),
          ConnectionOptions.plain(
              "s", Duration.ofSeconds(1), new ConnectionOptions.Limits(1_000, 20, 1, 1_000)),
          ConnectionListener.NONE);

  @BeforeEach
  void offer() {
    servers.add("s", new Item("slow", served::add));
    servers.add(
        "s",
        new Item(
            "broken",
            call -> {
              throw new AssertionError("as the test wants it");
            }));
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private static final class Sent {
    private final McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    private final CompletableFuture<Frame> reply = new CompletableFuture<>();
  }

  private Sent send(String tool) throws Exception {
    Sent sent = new Sent();
    sent.call.onOutcome(
        (reply, failure) -> {
          if (failure == null) {
            sent.reply.complete(reply);
          } else {
            sent.reply.completeExceptionally(failure);
          }
        });
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";
    connection.call(Frame.of(request.formatted(tool)), sent.call);
    return sent;
  }

  private static McpFailure failure(Sent sent) {
    await().until(sent.reply::isDone);
    return McpFailure.from(sent.reply.exceptionNow(), "s");
  }

  @Test
  void a_call_that_was_cancelled_counts_until_its_route_has_ended() throws Exception {
    Sent first = send("slow");
    RunningCall goesOn = served.poll(10, TimeUnit.SECONDS);
    first.call.cancel(McpFailure.cancelled("by the client"));

    assertThat(goesOn.isStopped()).isTrue();
    assertThat(failure(send("slow"))).hasMessageContaining("more than 1 calls are open");

    goesOn.result(RESULT);
    Sent last = send("slow");
    served.poll(10, TimeUnit.SECONDS).result(RESULT);
    assertThat(last.reply.get(10, TimeUnit.SECONDS).isReply()).isTrue();
  }

  @Test
  void a_call_that_was_cancelled_while_it_waited_for_its_route_is_gone() throws Exception {
    try (RouteServers.Hold held = servers.hold(List.of("slow"))) {
      Sent waiting = send("slow");
      waiting.call.cancel(McpFailure.cancelled("by the client"));
      Sent next = send("slow");

      assertThat(held.isIdle()).isTrue();
      assertThat(next.reply).isNotDone();
    }
    assertThat(served.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(served).isEmpty();
  }

  @Test
  void a_route_that_breaks_fails_its_call_and_is_left() throws Exception {
    assertThat(failure(send("broken")).kind()).isEqualTo(McpFailure.Kind.INTERNAL);

    assertThat(servers.server("s").items(ListKind.TOOLS).isIdle("broken")).isTrue();
    assertThat(failure(send("broken")).kind()).isEqualTo(McpFailure.Kind.INTERNAL);
  }

  private record Item(String key, Consumer<RunningCall> route) implements RouteItem {
    @Override
    public ListKind kind() {
      return ListKind.TOOLS;
    }

    @Override
    public String routeId() {
      return key;
    }

    @Override
    public byte[] json() {
      return ("{\"name\":\"" + key + "\"}").getBytes(UTF_8);
    }

    @Override
    public Terms terms() {
      return Terms.NONE;
    }

    @Override
    public void serve(Frame request, RunningCall call) {
      route.accept(call);
    }
  }
}
