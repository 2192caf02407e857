package io.mcprouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Interner;
import io.mcprouter.catalog.KeptListing.State;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class KeptListingTest {
  /** Else a call finds that the list is there, and looks for the tool in a merge without it. */
  @Test
  void nothing_that_is_made_of_lists_is_kept_or_taken_while_one_changes() {
    ScriptedServers servers = new ScriptedServers();
    servers.file(new Entry("s"));
    servers.tools("s", "t");
    RunningServer server = Objects.requireNonNull(servers.servers().find("s"));
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      Renewal renewal =
          new Renewal(
              servers,
              CatalogSettings.DEFAULT,
              timer,
              Interner.newStrongInterner(),
              (name, kind, user) -> {});
      Shelf shelf = new Shelf(Caller.APPLICATION, renewal);
      long before = shelf.version();
      KeptListing kept = shelf.of(server, ListKind.TOOLS);
      assertThat(kept.ask()).isDone();
      assertThat(kept.state().listing()).isNotNull();
      assertThat(shelf.version()).isGreaterThan(before);
      shelf.change(() -> assertThat(shelf.version()).isEqualTo(Shelf.CHANGING));
      timer.shutdownNow();
    }
  }

  @Test
  void each_state_comes_as_a_change() {
    ScriptedServers servers = new ScriptedServers();
    servers.file(new Entry("s"));
    servers.tools("s", "t");
    RunningServer server = Objects.requireNonNull(servers.servers().find("s"));
    List<State> states = new ArrayList<>();
    List<KeptListing> kept = new ArrayList<>();
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      Renewal renewal =
          new Renewal(
              servers,
              CatalogSettings.DEFAULT,
              timer,
              Interner.newStrongInterner(),
              (name, kind, user) -> {});
      kept.add(
          new KeptListing(
              server,
              ListKind.TOOLS,
              () -> Caller.APPLICATION,
              renewal,
              change -> {
                states.add(kept.getFirst().state());
                change.run();
                states.add(kept.getFirst().state());
              }));
      assertThat(kept.getFirst().ask()).isDone();
      timer.shutdownNow();
    }
    State last = kept.getFirst().state();
    assertThat(last.listing()).isNotNull();
    assertThat(states).containsExactly(State.NOT_ASKED, State.MISSING, State.MISSING, last);
  }
}
