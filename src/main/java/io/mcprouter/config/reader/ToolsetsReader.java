package io.mcprouter.config.reader;

import io.mcprouter.config.NearestName;
import io.mcprouter.config.Toolset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the named sets of servers and tools; a wrong one is left out. */
final class ToolsetsReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  private final Collection<String> servers;

  /**
   * @param servers the names of all entries in the file, usable or not
   */
  ToolsetsReader(Collection<String> servers) {
    this.servers = servers;
  }

  Map<String, Toolset> read(Fields toolsets) {
    Map<String, Toolset> usable = new LinkedHashMap<>();
    for (Yaml.Pair pair : toolsets.pairs()) {
      Faults own = toolsets.faults().forEntry();
      Fields alone =
          Fields.open(new Yaml.Mapping(pair.at(), List.of(pair), List.of()), toolsets.path(), own);
      Fields fields = alone.object(pair.key(), KnownKeys.TOOLSET);
      if (fields == null) {
        alone.error(pair.key(), "needs 'servers', a list of their names");
      } else {
        Toolset toolset = toolset(pair.key(), alone, fields);
        if (!own.hasErrors()) {
          usable.put(pair.key(), toolset);
        }
      }
      toolsets.faults().addAll(own);
    }
    return usable;
  }

  private Toolset toolset(String name, Fields toolsets, Fields fields) {
    if (!NAME.matcher(name).matches()) {
      toolsets.error(
          name, "is no name of a toolset; use up to 64 letters, digits, '_', '-' and '.'");
    }
    if (name.equals(Toolset.CHAT)) {
      toolsets.error(
          name,
          "is the built-in toolset of all servers whose chatMenu is not false; choose another name");
    }
    return new Toolset(
        name,
        fields.text("title"),
        fields.text("description"),
        servers(fields),
        RouterOptionsReader.patterns(fields, "tools"));
  }

  private List<String> servers(Fields fields) {
    List<Fields.Item> items = fields.texts("servers");
    if (items == null || items.isEmpty()) {
      fields
          .faults()
          .error(fields.at("servers"), fields.path(), "has no 'servers'; name at least one");
      return List.of();
    }
    Set<String> seen = new HashSet<>();
    for (Fields.Item item : items) {
      if (!servers.contains(item.text())) {
        fields
            .faults()
            .error(
                item.at(), item.path(), "names no server of this file" + suggestion(item.text()));
      } else if (!seen.add(item.text())) {
        fields
            .faults()
            .error(item.at(), item.path(), "names a server for the second time; remove it");
      }
    }
    return items.stream().map(Fields.Item::text).toList();
  }

  private String suggestion(String name) {
    return NearestName.of(name, servers)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse("; add it under mcpServers");
  }
}
