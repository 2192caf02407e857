package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.CatalogSettings;
import io.mcprouter.catalog.View;
import io.mcprouter.endpoint.EndpointSettings.Limits;
import io.mcprouter.endpoint.EndpointSettings.Times;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Revision;
import io.mcprouter.routing.RefusedCall;
import io.mcprouter.routing.RunningServers;
import io.mcprouter.routing.RunningServersFixture;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.McpCall;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose subscriptions are looked at when servers change. */
class ResubscriptionTest {
  private static final Caller ANN = new Caller("ann", Map.of());
  private static final Caller BOB = new Caller("bob", Map.of());

  private final Vertx vertx = Vertx.vertx();
  private final Asked asked = new Asked();
  private final Catalog catalog =
      new Catalog(asked, CatalogSettings.DEFAULT, (server, caller) -> null);
  private final ClientSessions sessions = sessions();
  private final Resubscription resubscription = new Resubscription(vertx, sessions, catalog, asked);

  private static ClientSessions sessions() {
    Limits limits = new Limits(1 << 20, 100, 10, 10, 2, 10);
    Times times = new Times(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
    return new ClientSessions(new EndpointSettings("127.0.0.1", 0, null, Set.of(), limits, times));
  }

  @AfterEach
  void stop() {
    catalog.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void subscribed(Caller caller) throws Exception {
    sessions
        .open(caller, View.EVERYTHING, Revision.LATEST, "{}")
        .subscriptions()
        .add("file:///notes");
  }

  @Test
  void one_users_servers_are_no_work_for_anybody_elses_sessions() throws Exception {
    subscribed(ANN);
    subscribed(BOB);
    resubscription.changed(ANN.key(), Set.of("notes/0f"), Set.of(), Set.of());
    assertThat(asked.about).containsExactly(ANN);
  }

  @Test
  void the_files_servers_are_everybodys() throws Exception {
    subscribed(ANN);
    subscribed(BOB);
    resubscription.changed(Set.of("notes"), Set.of(), Set.of());
    assertThat(asked.about).containsExactlyInAnyOrder(ANN, BOB);
  }

  /** Notes about whom the catalog wants to know something. */
  private static final class Asked implements ServerCalls {
    private final List<Caller> about = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Void> known(Caller caller) {
      about.add(caller);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public RunningServers servers() {
      return RunningServersFixture.none();
    }

    @Override
    public void send(String server, Frame message, McpCall call, McpCall.Outcome outcome) {
      throw new AssertionError("there is no server");
    }

    @Override
    public void refused(RefusedCall call) {
      throw new AssertionError("nothing was called");
    }
  }
}
