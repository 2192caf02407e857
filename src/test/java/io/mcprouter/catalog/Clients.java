package io.mcprouter.catalog;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A catalog over scripted servers, and what its clients see and hear. */
final class Clients implements AutoCloseable {
  static final Caller ALICE = new Caller("alice", Map.of("role", "USER"));
  static final Caller BOB = new Caller("bob", Map.of("role", "USER"));
  private static final List<View> WATCHED =
      List.of(
          View.EVERYTHING, new View.Toolset("chat"), new View.Toolset("s"), new View.Server("a"));
  static final CatalogSettings QUICK =
      new CatalogSettings(
          1_000,
          4 << 20,
          CatalogSettings.ListBounds.DEFAULT,
          new CatalogSettings.Freshness(
              Duration.ofMinutes(5),
              Duration.ofMinutes(5),
              Duration.ofMillis(5),
              Duration.ofMillis(20),
              Duration.ofMillis(5)),
          100);

  final ScriptedServers servers = new ScriptedServers();
  final List<String> heard = new CopyOnWriteArrayList<>();

  /**
   * What was heard of views on everything, on the chat menu, the set {@code s}, server {@code a}.
   */
  final List<String> viewsHeard = new CopyOnWriteArrayList<>();

  final Catalog catalog;

  Clients() {
    this(QUICK, (server, caller) -> null);
  }

  Clients(CatalogSettings settings, ServerInstructionsSource instructions) {
    catalog = new Catalog(servers, settings, instructions);
    catalog.onListChanged((server, kind, user) -> heard.add(server + " " + kind + " " + user));
    catalog.onViewsChanged(
        (kind, differs) ->
            WATCHED.stream().filter(differs).forEach(view -> viewsHeard.add(kind + " " + view)));
  }

  CompletableFuture<Page> asks(View view, ListKind kind, Caller caller, @Nullable String cursor) {
    CompletableFuture<Page> page = new CompletableFuture<>();
    catalog.list(view, kind, caller, cursor, page::complete);
    return page;
  }

  /** The text of the first page. */
  String page(View view, ListKind kind, Caller caller) {
    return page(view, kind, caller, null);
  }

  String page(View view, ListKind kind, Caller caller, @Nullable String cursor) {
    Page page = await(asks(view, kind, caller, cursor));
    return new String(((Page.Result) page).json(), StandardCharsets.UTF_8);
  }

  List<String> tools(View view, Caller caller) {
    return keys(page(view, ListKind.TOOLS, caller), ListKind.TOOLS);
  }

  /** The public names of everything, for somebody. */
  List<String> tools() {
    return tools(View.EVERYTHING, ALICE);
  }

  static List<String> keys(String page, ListKind kind) {
    List<String> keys = new ArrayList<>();
    JsonSpan list = Objects.requireNonNull(json(page).member(kind.listKey()));
    for (JsonSpan item : list.elements()) {
      keys.add(Objects.requireNonNull(item.string(kind.itemKey())));
    }
    return keys;
  }

  static @Nullable String nextCursor(String page) {
    return json(page).string("nextCursor");
  }

  static JsonSpan json(String text) {
    try {
      return JsonSpan.parse(text.getBytes(StandardCharsets.UTF_8), 100);
    } catch (MalformedMessage e) {
      throw new AssertionError(text, e);
    }
  }

  /** Servers that a page names as outdated or missing. */
  static List<String> marked(String page, String key) {
    JsonSpan servers = json(page).at("_meta", key);
    return servers == null ? List.of() : servers.elements().stream().map(JsonSpan::text).toList();
  }

  CompletableFuture<@Nullable Target> looksUp(View view, Caller caller, String name) {
    CompletableFuture<@Nullable Target> target = new CompletableFuture<>();
    catalog.tool(view, caller, name, target::complete);
    return target;
  }

  @Nullable Target tool(View view, Caller caller, String name) {
    return await(looksUp(view, caller, name));
  }

  @Nullable Target tool(String name) {
    return tool(View.EVERYTHING, ALICE, name);
  }

  @Nullable String resource(String uri) {
    CompletableFuture<@Nullable String> server = new CompletableFuture<>();
    catalog.resource(View.EVERYTHING, ALICE, uri, server::complete);
    return await(server);
  }

  static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  @Override
  public void close() {
    catalog.close();
  }
}
