package io.mcprouter.catalog;

import com.github.benmanes.caffeine.cache.Interner;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.ToolSelection;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.OwnServers;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.RunningServers;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.routing.ServerChanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers which tools, prompts and resources there are, under which public name, for whom. Answers
 * come from immutable snapshots; nothing here blocks, and what must be asked of a server first is
 * told to the consumer later, on any thread.
 */
public final class Catalog implements ServerChanges, AutoCloseable {
  private final ServerCalls calls;
  private final CatalogSettings settings;
  private final ScheduledThreadPoolExecutor timer = timer();
  private final Listeners listeners = new Listeners();
  private final Shelves shelves;
  private final Merges merges;
  private final Lookup lookup;
  private final Instructions instructions;
  private volatile Layout layout;
  private Layout announced;

  /**
   * A catalog of the servers that {@code calls} reaches.
   *
   * @param instructions what servers say of themselves
   */
  public Catalog(
      ServerCalls calls, CatalogSettings settings, ServerInstructionsSource instructions) {
    this.calls = calls;
    this.settings = settings;
    this.shelves = new Shelves(renewal());
    this.merges = new Merges(shelves, settings);
    this.lookup = new Lookup(shelves, merges);
    this.instructions = new Instructions(instructions);
    this.layout = new Layout(calls.servers(), null);
    this.announced = layout;
  }

  private Renewal renewal() {
    ListChanged gathered =
        new GatheredChanges(listeners::listChanged, timer, settings.freshness().debounce());
    return new Renewal(calls, settings, timer, Interner.newWeakInterner(), gathered);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("mcp-catalog").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * Complete, mostly at once, when it is known which servers a caller added; see {@link
   * ServerCalls#known}. What is answered at once, as by {@link #resolve}, knows of no others.
   */
  public CompletableFuture<Void> known(Caller caller) {
    return calls.known(caller);
  }

  /** What a view shows to a caller, their own servers too; null where there is no such view. */
  private @Nullable ShownServers find(View view, Caller caller) {
    OwnServers own = calls.own(caller);
    return own.isEmpty() ? layout().find(view, caller) : layout().find(view, caller, own);
  }

  /** The views on the servers that run now. */
  private Layout layout() {
    Layout current = layout;
    return current.isOf(calls.servers()) ? current : renewed();
  }

  private synchronized Layout renewed() {
    RunningServers servers = calls.servers();
    if (!layout.isOf(servers)) {
      layout = new Layout(servers, layout);
      Set<RunningServer> running = Set.copyOf(layout.running());
      shelves.retain(server -> server.isOfUser() || running.contains(server));
    }
    return layout;
  }

  /**
   * One page of a merged list. A server that was never listed is waited for at most its {@code
   * router.listWait}; no server's failure is a failure of the list: its last good list is shown,
   * and the result's {@code _meta} names it under {@code io.mcprouter/stale}, or under {@code
   * io.mcprouter/missing} where there is none.
   *
   * @param cursor null for the first page
   */
  public void list(
      View view, ListKind kind, Caller caller, @Nullable String cursor, Consumer<Page> done) {
    CompletableFuture<Void> known = calls.known(caller);
    if (known.isDone()) {
      listKnown(view, kind, caller, cursor, done);
    } else {
      Lookup.after(List.of(known), () -> listKnown(view, kind, caller, cursor, done));
    }
  }

  private void listKnown(
      View view, ListKind kind, Caller caller, @Nullable String cursor, Consumer<Page> done) {
    ShownServers shown = find(view, caller);
    List<CompletableFuture<Void>> waits = new ArrayList<>();
    if (shown != null) {
      for (ShownServer server : shown.servers()) {
        waits.add(shelves.ask(server.running(), kind, caller, shown.isOneServer()));
        waits.add(server.icon().ready());
      }
    }
    Lookup.after(waits, () -> done.accept(page(view, kind, caller, cursor)));
  }

  private Page page(View view, ListKind kind, Caller caller, @Nullable String cursor) {
    ShownServers shown = find(view, caller);
    if (shown == null) {
      return new Pages(kind, List.of(), List.of(), List.of(), settings, false).at(cursor);
    }
    MergedList list = merges.of(shown, kind, caller);
    if (list.hasGaps()) {
      for (int i = 0; i < list.states().size(); i++) {
        if (list.states().get(i).listing() == null) {
          RunningServer server = shown.servers().get(i).running();
          shelves.listing(server, kind, caller).answeredWithout();
        }
      }
    }
    return list.pages().at(cursor);
  }

  /**
   * Where a tool stands; null where the caller sees no such tool. Answered before this returns
   * whenever the name is known, and always on the view of one server, which judges unknown names
   * itself.
   */
  public void tool(View view, Caller caller, String publicName, Consumer<@Nullable Target> done) {
    find(view, ListKind.TOOLS, caller, publicName, done);
  }

  /** Where a prompt stands; as {@link #tool}. */
  public void prompt(View view, Caller caller, String publicName, Consumer<@Nullable Target> done) {
    find(view, ListKind.PROMPTS, caller, publicName, done);
  }

  private void find(
      View view, ListKind kind, Caller caller, String publicName, Consumer<@Nullable Target> done) {
    CompletableFuture<Void> known = calls.known(caller);
    if (known.isDone()) {
      lookup.named(find(view, caller), kind, caller, publicName, done);
    } else {
      Lookup.after(List.of(known), () -> find(view, kind, caller, publicName, done));
    }
  }

  /**
   * What a server says of a tool or prompt, as a list shows it to the caller; null where the caller
   * sees none of that name.
   */
  public void definition(
      View view, ListKind kind, Caller caller, String name, Consumer<byte @Nullable []> done) {
    Lookup.after(
        List.of(calls.known(caller)),
        () -> lookup.definition(find(view, caller), kind, caller, name, done));
  }

  /**
   * The server that serves a URI, or null: the first that lists it, else the first that lists it as
   * a template (a completion's {@code ref} names one), else the first with a template that fits; in
   * the order of the file. A result that a guardrail keeps leads to the server that it came from. A
   * view of a single server gives that server for every URI.
   */
  public void resource(View view, Caller caller, String uri, Consumer<@Nullable String> done) {
    CompletableFuture<Void> known = calls.known(caller);
    if (known.isDone()) {
      lookup.resource(find(view, caller), caller, uri, done);
    } else {
      Lookup.after(List.of(known), () -> resource(view, caller, uri, done));
    }
  }

  /**
   * A tool as its server lists it, by the server's own name; null where it is not known in time.
   */
  public CompletableFuture<byte @Nullable []> listed(String server, Caller caller, String tool) {
    RunningServer running = calls.servers().find(server);
    return running == null
        ? CompletableFuture.completedFuture(null)
        : lookup.item(running, ListKind.TOOLS, caller, tool);
  }

  /** The {@code instructions} of an initialize result, or null for none. */
  public @Nullable String instructions(View view, Caller caller) {
    ShownServers shown = find(view, caller);
    if (shown == null) {
      return null;
    }
    if (shown.isOneServer()) {
      return instructions.ofOne(shown.servers().getFirst().running(), caller);
    }
    MergedList tools = merges.of(shown, ListKind.TOOLS, caller);
    return instructions.merged(
        shown,
        caller,
        server ->
            tools.shows(server.name())
                || shelves.isAwaited(server.running(), ListKind.TOOLS, caller));
  }

  /** The value of {@code icons} for a server that has an {@code iconPath}, as JSON, or null. */
  public byte @Nullable [] icons(String server) {
    return icon(server).json();
  }

  private Icon icon(String server) {
    RunningServer running = calls.servers().find(server);
    return running == null ? Icon.NONE : layout().icon(running);
  }

  /**
   * The view under the router's own name of it: that of a server which the caller added has
   * another. Null where there is no such view for this caller.
   */
  public @Nullable View resolve(View view, Caller caller) {
    ShownServers shown = find(view, caller);
    return shown == null ? null : shown.view();
  }

  /** Whether there is such a view, whoever may use it. */
  public boolean serves(View view) {
    return layout().find(view) != null;
  }

  /**
   * The scopes that a caller lacks for a view of one server; empty where there is no such view, and
   * where scopes would not open it.
   */
  public Set<String> missingScopes(View view, Caller caller) {
    ShownServers all = layout().find(view);
    return all == null || !all.isOneServer()
        ? Set.of()
        : all.servers().getFirst().access().missingScopes(caller);
  }

  /** The scopes that a caller lacks for a tool that the rules close; empty for all other tools. */
  public Set<String> missingScopes(View view, Caller caller, String publicName) {
    ShownServers all = layout().find(view);
    return all == null ? Set.of() : all.missingScopes(caller, publicName);
  }

  /** Every scope that the rules of a view's servers name. */
  public Set<String> scopes(View view) {
    ShownServers all = layout().find(view);
    return all == null ? Set.of() : all.scopes();
  }

  /** Whether a caller sees a server in a view. */
  public boolean shows(View view, Caller caller, String server) {
    ShownServers shown = find(view, caller);
    return shown != null && shown.shows(server);
  }

  /** The running servers of a view that a caller may use, in the order of the file. */
  public List<RunningServer> servers(View view, Caller caller) {
    ShownServers shown = find(view, caller);
    return shown == null ? List.of() : shown.servers().stream().map(ShownServer::running).toList();
  }

  /**
   * Whether the lists of a server are changed on their way, so that its own view must take them
   * from here too. All others may be passed through as the server writes them.
   */
  public boolean shapesListings(String server) {
    RunningServer running = calls.servers().find(server);
    if (running == null) {
      return ServerName.isOfUser(server); // which comes back when it is listed
    }
    return (icon(server) != Icon.NONE
        || !running.definition().router().tools().equals(ToolSelection.ALL)
        || !running.definition().router().access().tools().isEmpty());
  }

  /** Names and URIs that several servers list, as far as lists are known now. */
  public List<Conflict> conflicts(View view, Caller caller) {
    ShownServers shown = find(view, caller);
    return shown == null
        ? List.of()
        : Arrays.stream(ListKind.values())
            .flatMap(kind -> merges.of(shown, kind, caller).conflicts().stream())
            .toList();
  }

  /** Adds a listener for lists of servers that clients must be told of. */
  public void onListChanged(ListChanged listener) {
    listeners.add(listener);
  }

  /** Adds a listener for views that a new servers file changed. */
  public void onViewsChanged(ViewsChanged listener) {
    listeners.add(listener);
  }

  /**
   * A server said that a list changed. It is asked again, and listeners hear of it when the list
   * really differs.
   *
   * @param user whose session heard it; the empty string for one that users share
   */
  public void serverChanged(String server, String user, ListKind kind) {
    RunningServer running = calls.servers().find(server);
    if (running != null) {
      layout();
      shelves.changed(running, user, kind);
    }
  }

  /**
   * A session with a server is open, so that listing it connects nothing more: the lists of a
   * server with {@code startup: false} appear from now on.
   *
   * @param user whose session it is; the empty string for one that users share
   */
  public void connected(String server, String user) {
    RunningServer running = calls.servers().find(server);
    if (running != null) {
      layout();
      shelves.connected(running, user);
    }
  }

  /**
   * A server turned out to list for each user what is theirs: nobody shares its lists any more, and
   * clients are told to ask for their own.
   */
  public synchronized void becamePersonal(String server) {
    layout = new Layout(calls.servers(), layout);
    for (ListKind kind : ListKind.values()) {
      listeners.listChanged(server, kind, "");
    }
  }

  Shelves shelves() {
    return shelves;
  }

  /** Drops what is kept for a user. */
  public void forget(String user) {
    shelves.forget(user);
  }

  @Override
  public void changed(String user, Set<String> added, Set<String> changed, Set<String> removed) {
    shelves.retain(user, server -> calls.servers().find(server.name()) == server);
    for (ListKind kind : List.of(ListKind.TOOLS, ListKind.PROMPTS, ListKind.RESOURCES)) {
      listeners.listChanged(ListChanged.ANY_SERVER, kind, user);
    }
  }

  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    Layout before;
    Layout now;
    synchronized (this) {
      before = announced;
      now = layout();
      announced = now;
    }
    for (ListKind kind : List.of(ListKind.TOOLS, ListKind.PROMPTS, ListKind.RESOURCES)) {
      listeners.viewsChanged(kind, view -> now.differs(before, view, kind));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    shelves.close();
  }
}
