package io.mcprouter.catalog;

import io.mcprouter.catalog.KeptListing.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lists of a view's servers as one: in the order of the file, then in each server's own. Where
 * two items have one name or URI, the first is shown and called.
 */
final class MergedList {
  private static final Logger LOG = LoggerFactory.getLogger(MergedList.class);

  private final ListKind kind;
  private final List<State> states;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Target> targets = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private final Map<String, List<String>> hidden = new LinkedHashMap<>();
  private final Set<String> visible;
  private final Pages pages;
  private final boolean gaps;

  /**
   * @param states what is known of each server's list, in the order of {@code shown}
   */
  MergedList(ShownServers shown, ListKind kind, List<State> states, CatalogSettings settings) {
    this.kind = kind;
    this.states = states;
    this.gaps = states.stream().anyMatch(state -> state.listing() == null);
    List<String> stale = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      ShownServer server = shown.servers().get(i);
      State state = states.get(i);
      if (state.listing() != null) {
        add(server, state.listing());
      }
      if (state.inDoubt()) {
        (state.listing() == null ? missing : stale).add(server.shownName());
      }
    }
    visible =
        entries.stream().map(entry -> entry.server.name()).collect(Collectors.toUnmodifiableSet());
    pages = new Pages(kind, entries, stale, missing, settings, !shown.isPersonal());
    if (kind.isNamed()) {
      conflicts().forEach(MergedList::log);
    }
  }

  private void add(ShownServer server, Listing listing) {
    for (Item item : listing.items()) {
      String name = server.publicName(kind, item.key());
      if (name == null) {
        continue;
      }
      Target first = targets.putIfAbsent(name, new Target(server.name(), item.key()));
      if (first == null) {
        entries.add(new Entry(server, item, name));
        if (kind == ListKind.RESOURCE_TEMPLATES) {
          patterns.add(new Pattern(UriTemplate.of(name), server.name()));
        }
      } else if (!first.server().equals(server.name())) {
        hidden.computeIfAbsent(name, key -> new ArrayList<>()).add(server.name());
      }
    }
  }

  private static void log(Conflict conflict) {
    LOG.warn(
        "Servers {} list {} as well, which server '{}' has: theirs are hidden",
        conflict.hidden(),
        conflict.key(),
        conflict.server());
  }

  List<State> states() {
    return states;
  }

  /** Whether a server's list is not there. */
  boolean hasGaps() {
    return gaps;
  }

  /** Where a public name, URI or URI template leads, or null. */
  @Nullable Target target(String name) {
    return targets.get(name);
  }

  /** What the server wrote of the item with that public name, or null; not to be changed. */
  byte @Nullable [] definition(String name) {
    for (Entry entry : entries) {
      if (entry.name.equals(name)) {
        return entry.item.json();
      }
    }
    return null;
  }

  /** The first server with a URI template that fits, or null. */
  @Nullable String fitting(String uri) {
    for (Pattern pattern : patterns) {
      if (pattern.template.matches(uri)) {
        return pattern.server;
      }
    }
    return null;
  }

  /** Whether an item of the server is shown. */
  boolean shows(String server) {
    return visible.contains(server);
  }

  Pages pages() {
    return pages;
  }

  List<Conflict> conflicts() {
    List<Conflict> conflicts = new ArrayList<>();
    hidden.forEach(
        (name, servers) -> {
          Target first = targets.get(name);
          if (first != null) {
            conflicts.add(new Conflict(kind, name, first.server(), servers));
          }
        });
    return conflicts;
  }

  /**
   * An item that is shown.
   *
   * @param name the public name, URI or URI template
   */
  record Entry(ShownServer server, Item item, String name) {}

  private record Pattern(UriTemplate template, String server) {}
}
