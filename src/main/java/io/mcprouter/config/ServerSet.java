package io.mcprouter.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one file says, in the order of the file.
 *
 * @param servers the usable entries by name
 * @param failed the entries that cannot be used
 * @param toolsets the declared ones by name; the built-in one comes with {@link #toolset}
 * @param faults all of them, warnings too, in the order of the file
 */
public record ServerSet(
    Map<String, ServerDefinition> servers,
    List<FailedServer> failed,
    Map<String, Toolset> toolsets,
    McpSettings settings,
    List<Fault> faults) {
  public static final ServerSet EMPTY =
      new ServerSet(Map.of(), List.of(), Map.of(), McpSettings.DEFAULT, List.of());

  public ServerSet {
    servers = Ordered.copy(servers);
    failed = List.copyOf(failed);
    toolsets = Ordered.copy(toolsets);
    faults = List.copyOf(faults);
  }

  public Optional<ServerDefinition> server(String name) {
    return Optional.ofNullable(servers.get(name));
  }

  /** A declared toolset, or the built-in {@link Toolset#CHAT}. */
  public Optional<Toolset> toolset(String name) {
    return name.equals(Toolset.CHAT)
        ? Optional.of(chat())
        : Optional.ofNullable(toolsets.get(name));
  }

  public boolean hasErrors() {
    return faults.stream().anyMatch(Fault::isError);
  }

  /**
   * This set, in which an entry that has become wrong keeps the definition it had before. Such an
   * entry is among the {@link #failed} as well, so that the reason can be shown.
   */
  public ServerSet keeping(ServerSet former) {
    Map<String, ServerDefinition> kept = new LinkedHashMap<>(servers);
    for (FailedServer entry : failed) {
      former.server(entry.name()).ifPresent(definition -> kept.put(entry.name(), definition));
    }
    return new ServerSet(kept, failed, toolsets, settings, faults);
  }

  /** This set with another definition in the place of the one of the same name. */
  public ServerSet with(ServerDefinition definition) {
    Map<String, ServerDefinition> replaced = new LinkedHashMap<>(servers);
    replaced.put(definition.name(), definition);
    return new ServerSet(replaced, failed, toolsets, settings, faults);
  }

  /** What must be done to come from one set to another. */
  public static Difference difference(ServerSet former, ServerSet next) {
    List<ServerDefinition> added = new ArrayList<>();
    List<ServerDefinition> changed = new ArrayList<>();
    List<ServerDefinition> unchanged = new ArrayList<>();
    for (ServerDefinition definition : next.servers.values()) {
      ServerDefinition before = former.servers.get(definition.name());
      if (before == null) {
        added.add(definition);
      } else if (before.sameAs(definition)) {
        unchanged.add(definition);
      } else {
        changed.add(definition);
      }
    }
    List<ServerDefinition> removed =
        former.servers.values().stream()
            .filter(definition -> !next.servers.containsKey(definition.name()))
            .toList();
    return new Difference(added, changed, removed, unchanged);
  }

  private Toolset chat() {
    List<String> names =
        servers.values().stream()
            .filter(definition -> definition.presentation().chatMenu())
            .map(ServerDefinition::name)
            .toList();
    return new Toolset(Toolset.CHAT, null, null, names, List.of());
  }

  /**
   * The step from one set to the next; the definitions are those of the next set, but for the
   * removed ones.
   */
  public record Difference(
      List<ServerDefinition> added,
      List<ServerDefinition> changed,
      List<ServerDefinition> removed,
      List<ServerDefinition> unchanged) {
    public Difference {
      added = List.copyOf(added);
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
      unchanged = List.copyOf(unchanged);
    }

    public boolean isEmpty() {
      return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
  }
}
