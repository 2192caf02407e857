package io.mcprouter.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.mcprouter.config.NamePattern;
import io.mcprouter.config.Toolset;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.OwnServers;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.RunningServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The views on the servers that run at one moment. */
final class Layout {
  /** Views as callers of different roles and scopes see them. */
  private static final int MOST_OPENED = 1_000;

  /** Views as users see them who added servers. */
  private static final int MOST_OF_USERS = 10_000;

  /** After this they are laid anew; until then they hold routes that may have ended. */
  private static final Duration UNUSED = Duration.ofMinutes(15);

  private final RunningServers servers;
  private final List<RunningServer> running;
  private final Map<RunningServer, Icon> icons = new HashMap<>();
  private final Map<View, ShownServers> views = new ConcurrentHashMap<>();
  private final Cache<Opened, ShownServers> opened =
      Caffeine.newBuilder().maximumSize(MOST_OPENED).build();
  private final Cache<OfUser, ShownServers> ofUsers =
      Caffeine.newBuilder()
          .maximumSize(MOST_OF_USERS)
          .expireAfterAccess(UNUSED)
          .scheduler(Scheduler.systemScheduler()) // also where no other user comes
          .build();

  /**
   * @param before the layout that this one follows; what it knows of unchanged servers is kept
   */
  Layout(RunningServers servers, @Nullable Layout before) {
    this.servers = servers;
    this.running = List.copyOf(servers.all());
    for (RunningServer server : running) {
      Icon known = before == null ? null : before.icons.get(server);
      icons.put(server, known == null ? Icon.of(server.definition()) : known);
    }
  }

  boolean isOf(RunningServers others) {
    return servers == others;
  }

  List<RunningServer> running() {
    return running;
  }

  Icon icon(RunningServer server) {
    return server.isOfUser()
        ? Icon.of(server.definition()) // an address, which nothing is asked for
        : icons.getOrDefault(server, Icon.NONE);
  }

  /**
   * The servers of a view that a caller may use, or null where there is no such view for them. The
   * one decision on access, for listing and for calling.
   */
  @Nullable ShownServers find(View view, Caller caller) {
    ShownServers all = find(view);
    return all == null || !all.isRestricted() ? all : opened(all, caller);
  }

  private @Nullable ShownServers opened(ShownServers all, Caller caller) {
    Opened opened = new Opened(all, all.servers().stream().map(s -> s.closedTo(caller)).toList());
    ShownServers cut = this.opened.get(opened, Opened::cut);
    return cut.servers().isEmpty() && all.isOneServer() ? null : cut;
  }

  /**
   * The same with the servers that the caller added. They stand behind the file's, so that they
   * take no item's place, and belong to no toolset of the file.
   */
  @Nullable ShownServers find(View view, Caller caller, OwnServers own) {
    ShownServers ofFile = find(view, caller);
    boolean isSetOfFile = view instanceof View.Toolset(String name) && !name.equals(Toolset.CHAT);
    if (isSetOfFile || (view instanceof View.Server && ofFile != null)) {
      return ofFile;
    }
    View seen = view instanceof View.Server(String name) ? nameOf(own.find(name)) : view;
    return seen == null ? null : ofUsers.get(new OfUser(seen, ofFile, own), this::join);
  }

  private static @Nullable View nameOf(@Nullable RunningServer server) {
    return server == null ? null : new View.Server(server.name());
  }

  private ShownServers join(OfUser user) {
    if (user.view instanceof View.Server(String name)) {
      return ShownServers.ofUser(user.view, one(user.own.find(name)));
    }
    List<ShownServer> joined =
        new ArrayList<>(user.ofFile == null ? List.of() : user.ofFile.servers());
    user.own.all().stream()
        .filter(server -> user.view == View.EVERYTHING || isInChat(server))
        .forEach(server -> joined.add(shown(server, null)));
    return ShownServers.ofUser(user.view, joined);
  }

  private static boolean isInChat(RunningServer server) {
    return server.definition().presentation().chatMenu();
  }

  /** The servers of a view, or null where there is no such view. */
  @Nullable ShownServers find(View view) {
    ShownServers known = views.get(view);
    if (known == null && exists(view)) {
      known = views.computeIfAbsent(view, this::lay);
    }
    return known;
  }

  /** Whether a view's list is another than it was before. */
  boolean differs(Layout before, View view, ListKind kind) {
    ShownServers was = before.find(view);
    ShownServers is = find(view);
    if (was == null || is == null) {
      return was != is;
    }
    return !is.listsSame(was, kind);
  }

  private boolean exists(View view) {
    return switch (view) {
      case View.Everything everything -> true;
      case View.Server(String name) -> servers.ofFile(name) != null;
      case View.Toolset(String name) -> servers.set().toolset(name).isPresent();
    };
  }

  private ShownServers lay(View view) {
    List<ShownServer> shown =
        switch (view) {
          case View.Everything everything ->
              running.stream().map(each -> shown(each, null)).toList();
          case View.Server(String name) -> one(servers.ofFile(name));
          case View.Toolset(String name) ->
              servers.set().toolset(name).map(this::members).orElse(List.of());
        };
    return new ShownServers(view, shown);
  }

  private List<ShownServer> one(@Nullable RunningServer server) {
    return server == null ? List.of() : List.of(new ShownServer(server, false, null, icon(server)));
  }

  private List<ShownServer> members(Toolset set) {
    return running.stream()
        .filter(server -> set.servers().contains(server.name()))
        .map(server -> shown(server, set))
        .toList();
  }

  private ShownServer shown(RunningServer server, @Nullable Toolset set) {
    return new ShownServer(server, true, set, icon(server));
  }

  /**
   * A view as one user sees it, who added servers.
   *
   * @param ofFile what the user sees of the file's servers; null where that is nothing
   */
  private record OfUser(View view, @Nullable ShownServers ofFile, OwnServers own) {}

  /**
   * A view as far as it is open to a caller.
   *
   * @param closed what is closed of each server; absent where the server is closed as a whole
   */
  private record Opened(ShownServers all, List<Optional<List<NamePattern>>> closed) {
    ShownServers cut() {
      List<ShownServer> servers = new ArrayList<>();
      for (int i = 0; i < closed.size(); i++) {
        ShownServer server = all.servers().get(i);
        closed.get(i).ifPresent(tools -> servers.add(server.without(tools)));
      }
      return all.cutTo(servers);
    }
  }
}
