package io.mcprouter.config.reader;

import io.mcprouter.config.Environment;
import io.mcprouter.config.FailedServer;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.McpSettings;
import io.mcprouter.config.NearestName;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.Toolset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one document from its top. Used once. */
final class DocumentReader {
  /** Stands where a fault has no path: the file as a whole. */
  static final String FILE = "file";

  private static final String SERVERS = "mcpServers";

  /** The name that one desktop editor has for the same. */
  private static final String EDITOR_SERVERS = "servers";

  private static final Comparator<Fault> IN_FILE_ORDER =
      Comparator.comparingInt((Fault fault) -> fault.location().line())
          .thenComparingInt(fault -> fault.location().column());

  private final Environment environment;
  private final Faults faults;
  private final Map<String, ServerDefinition> servers = new LinkedHashMap<>();
  private final List<FailedServer> failed = new ArrayList<>();
  private final Map<String, String> taken = new HashMap<>();

  DocumentReader(Environment environment, Faults faults) {
    this.environment = environment;
    this.faults = faults;
  }

  McpServersFile read(Yaml document) {
    Yaml.Mapping entries = document instanceof Yaml.Mapping top ? entries(top) : null;
    if (!(document instanceof Yaml.Mapping top) || entries == null) {
      noServers(document);
      return refused();
    }
    Faults general = faults.forEntry();
    McpSettings settings = settings(top, general);
    faults.addAll(general);
    if (general.hasErrors()) {
      // a limit that cannot be understood must not be taken for no limit
      return refused();
    }
    readEntries(entries);
    Map<String, Toolset> toolsets = toolsets(top, entries);
    return new McpServersFile.Accepted(
        new ServerSet(servers, failed, toolsets, settings, inFileOrder()));
  }

  private McpServersFile refused() {
    return new McpServersFile.Refused(inFileOrder());
  }

  private List<Fault> inFileOrder() {
    return faults.all().stream().sorted(IN_FILE_ORDER).toList();
  }

  /** The object that holds the entries; null where there is none, and noted where it is wrong. */
  private Yaml.@Nullable Mapping entries(Yaml.Mapping top) {
    for (Yaml.Problem problem : top.problems()) {
      if (KnownKeys.TOP.contains(problem.key())) {
        faults.error(problem.at(), problem.key(), problem.message());
        return null;
      }
    }
    Yaml.Pair pair = top.find(SERVERS);
    if (pair == null) {
      Yaml.Pair editors = top.find(EDITOR_SERVERS);
      pair = editors != null && editors.value() instanceof Yaml.Mapping ? editors : null;
    }
    if (pair == null) {
      return null;
    }
    return switch (pair.value()) {
      case Yaml.Mapping mapping -> mapping;
      case Yaml.Scalar scalar when scalar.type() == Yaml.Type.NULL ->
          new Yaml.Mapping(pair.at(), List.of(), List.of());
      default -> {
        faults.error(
            pair.value().at(),
            SERVERS,
            "must be an object of servers by name, but is " + pair.value().kind());
        yield null;
      }
    };
  }

  private void noServers(Yaml document) {
    if (faults.hasErrors()) {
      return;
    }
    List<String> keys =
        document instanceof Yaml.Mapping top
            ? top.pairs().stream().map(Yaml.Pair::key).toList()
            : List.of();
    Optional<String> slip =
        keys.stream().filter(key -> NearestName.of(key, List.of(SERVERS)).isPresent()).findFirst();
    faults.error(
        document.at(),
        FILE,
        slip.map(key -> "has '" + key + "', but no 'mcpServers'; did you mean that?")
            .orElse("has no 'mcpServers'; write the servers under that key"));
  }

  private static McpSettings settings(Yaml.Mapping top, Faults faults) {
    Fields settings = Fields.top(top, faults).object("mcpSettings", KnownKeys.SETTINGS);
    return settings == null ? McpSettings.DEFAULT : SettingsReader.read(settings);
  }

  private Map<String, Toolset> toolsets(Yaml.Mapping top, Yaml.Mapping entries) {
    Fields toolsets = Fields.top(top, faults).object("toolsets");
    List<String> names = entries.pairs().stream().map(Yaml.Pair::key).toList();
    return toolsets == null ? Map.of() : new ToolsetsReader(names).read(toolsets);
  }

  private void readEntries(Yaml.Mapping entries) {
    for (Yaml.Problem problem : entries.problems()) {
      Faults own = faults.forEntry();
      own.error(problem.at(), problem.key(), problem.message());
      fail(problem.key(), problem.at(), own);
    }
    for (Yaml.Pair pair : entries.pairs()) {
      readEntry(pair);
    }
  }

  private void readEntry(Yaml.Pair pair) {
    Faults own = faults.forEntry();
    checkName(pair, own);
    if (!(pair.value() instanceof Yaml.Mapping mapping)) {
      own.error(
          pair.at(),
          pair.key(),
          "must be an object with 'command' or 'url', but is " + pair.value().kind());
      fail(pair.key(), pair.at(), own);
      return;
    }
    // missing keys are reported at the name, which is where one looks for them
    Yaml.Mapping entry = new Yaml.Mapping(pair.at(), mapping.pairs(), mapping.problems());
    Fields fields = Fields.known(entry, pair.key(), own, KnownKeys.ENTRY);
    EntryReader reader = new EntryReader(pair.key(), pair.at(), fields, environment);
    if (reader.isDisabled()) {
      return;
    }
    ServerDefinition definition = reader.read();
    if (definition == null || own.hasErrors()) {
      fail(pair.key(), pair.at(), own);
    } else {
      servers.put(pair.key(), definition);
      faults.addAll(own);
    }
  }

  private void fail(String name, Position at, Faults own) {
    failed.add(new FailedServer(name, own.location(at), own.errors()));
    faults.addAll(own);
  }

  private void checkName(Yaml.Pair pair, Faults own) {
    String name = pair.key();
    if (name.isBlank() || name.length() > ServerName.MAX_LENGTH) {
      own.error(
          pair.at(),
          SERVERS,
          "has a name that is none; write 1 to " + ServerName.MAX_LENGTH + " characters");
    } else if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '/')) {
      own.error(pair.at(), name, "is no name of a server; it has no '/' and no control characters");
    }
    String former = taken.putIfAbsent(ServerName.collisionKey(name), name);
    if (former != null) {
      own.error(
          pair.at(),
          name,
          "would share its tools' prefix with server '" + former + "'; rename one of them");
    }
  }
}
