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
  void no_reader_takes_what_was_made_of_the_old_state_for_new_when_the_new_one_is_seen() {
    ScriptedServers servers = new ScriptedServers();
    servers.file(new Entry("s"));
    servers.tools("s", "t");
    RunningServer server = Objects.requireNonNull(servers.servers().find("s"));
    List<State> atNews = new ArrayList<>();
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
              () -> atNews.add(kept.getFirst().state())));
      assertThat(kept.getFirst().ask()).isDone();
      timer.shutdownNow();
    }
    State last = kept.getFirst().state();
    assertThat(last.listing()).isNotNull();
    assertThat(atNews).containsExactly(State.NOT_ASKED, State.MISSING, State.MISSING, last);
  }
}
