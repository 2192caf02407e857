package io.mcprouter.catalog;

import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.guard.ResultUri;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where a name or URI leads. What the lists know is answered at once; what they may not know
 * yet is answered when they came, or when waiting for them is over.
 */
final class Lookup {
  private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);

  private final Shelves shelves;
  private final Merges merges;

  Lookup(Shelves shelves, Merges merges) {
    this.shelves = shelves;
    this.merges = merges;
  }

  /** A tool or prompt by its public name, where there are servers to look at. */
  void named(
      @Nullable ShownServers shown,
      ListKind kind,
      Caller caller,
      String publicName,
      Consumer<@Nullable Target> done) {
    if (shown == null) {
      done.accept(null);
      return;
    }
    if (shown.isOneServer()) {
      done.accept(shown.servers().getFirst().unlisted(kind, publicName));
      return;
    }
    Target known = merges.of(shown, kind, caller).target(publicName);
    if (known != null) {
      done.accept(known);
      return;
    }
    List<ShownServer> unlisted = unlisted(shown, kind, caller, publicName);
    for (ShownServer server : unlisted) {
      Target told = server.unlisted(kind, publicName);
      if (told != null) {
        done.accept(told);
        return;
      }
    }
    after(
        load(unlisted, kind, caller),
        () -> done.accept(merges.of(shown, kind, caller).target(publicName)));
  }

  /** What is listed under a public name; servers that may list it are asked first. */
  void definition(
      @Nullable ShownServers shown,
      ListKind kind,
      Caller caller,
      String publicName,
      Consumer<byte @Nullable []> done) {
    if (shown == null) {
      done.accept(null);
      return;
    }
    List<CompletableFuture<Void>> waits =
        unlisted(shown, kind, caller, publicName).stream()
            .map(server -> shelves.ask(server.running(), kind, caller, true))
            .toList();
    after(waits, () -> done.accept(merges.of(shown, kind, caller).definition(publicName)));
  }

  /** The servers whose list is not there and may hold the name. */
  private List<ShownServer> unlisted(
      ShownServers shown, ListKind kind, Caller caller, String publicName) {
    return shown.servers().stream()
        .filter(server -> server.mayHold(publicName))
        .filter(server -> isUnlisted(server, kind, caller))
        .toList();
  }

  private boolean isUnlisted(ShownServer server, ListKind kind, Caller caller) {
    return shelves.listing(server.running(), kind, caller).state().listing() == null;
  }

  /** An item of one server's own list, as the server wrote it; null where it is not known. */
  CompletableFuture<byte @Nullable []> item(
      RunningServer server, ListKind kind, Caller caller, String key) {
    return shelves
        .ask(server, kind, caller, true)
        .thenApply(
            asked -> {
              Listing listing = shelves.listing(server, kind, caller).state().listing();
              return listing == null
                  ? null
                  : listing.items().stream()
                      .filter(item -> item.key().equals(key))
                      .findFirst()
                      .map(Item::json)
                      .orElse(null);
            });
  }

  /** The server of a URI. */
  void resource(
      @Nullable ShownServers shown, Caller caller, String uri, Consumer<@Nullable String> done) {
    if (shown == null) {
      done.accept(null);
      return;
    }
    if (shown.servers().size() == 1) {
      done.accept(shown.servers().getFirst().name());
      return;
    }
    ResultUri kept = ResultUri.parse(uri); // no server lists it
    if (kept != null && shown.shows(kept.server())) {
      done.accept(kept.server());
      return;
    }
    Target listed = merges.of(shown, ListKind.RESOURCES, caller).target(uri);
    if (listed != null) {
      done.accept(listed.server());
      return;
    }
    List<CompletableFuture<Void>> waits = new ArrayList<>();
    for (ListKind kind : List.of(ListKind.RESOURCES, ListKind.RESOURCE_TEMPLATES)) {
      List<ShownServer> unlisted =
          shown.servers().stream().filter(server -> isUnlisted(server, kind, caller)).toList();
      waits.addAll(load(unlisted, kind, caller));
    }
    after(waits, () -> done.accept(serverOf(shown, caller, uri)));
  }

  private @Nullable String serverOf(ShownServers shown, Caller caller, String uri) {
    Target listed = merges.of(shown, ListKind.RESOURCES, caller).target(uri);
    if (listed != null) {
      return listed.server();
    }
    MergedList templates = merges.of(shown, ListKind.RESOURCE_TEMPLATES, caller);
    Target template = templates.target(uri);
    return template != null ? template.server() : templates.fitting(uri);
  }

  private List<CompletableFuture<Void>> load(
      List<ShownServer> servers, ListKind kind, Caller caller) {
    return servers.stream()
        .map(server -> shelves.ask(server.running(), kind, caller, false))
        .toList();
  }

  /** Runs an action when all are complete, however; at once where they are already. */
  static void after(List<CompletableFuture<Void>> waits, Runnable action) {
    CompletableFuture<?>[] open =
        waits.stream().filter(wait -> !wait.isDone()).toArray(CompletableFuture<?>[]::new);
    if (open.length == 0) {
      action.run();
      return;
    }
    CompletableFuture.allOf(open)
        .exceptionally(Lookup::without)
        .thenRun(action)
        .whenComplete(
            (none, thrown) -> {
              if (thrown != null) {
                LOG.error("An answer of the catalog could not be taken", thrown);
              }
            });
  }

  /** What was waited for failed: the answer is given without it. */
  private static @Nullable Void without(Throwable thrown) {
    LOG.error("What an answer of the catalog needs could not be had", thrown);
    return null;
  }
}
