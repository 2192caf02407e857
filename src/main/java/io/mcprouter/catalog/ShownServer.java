package io.mcprouter.catalog;

import io.mcprouter.config.AccessRules;
import io.mcprouter.config.NamePattern;
import io.mcprouter.config.ToolSelection;
import io.mcprouter.config.Toolset;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server as one view shows it: which of its tools, and under which names. */
final class ShownServer {
  private final RunningServer running;
  private final boolean prefixed;
  private final @Nullable Toolset set;
  private final Icon icon;
  private final ToolSelection rules;
  private final Map<String, String> renamed;
  private final List<NamePattern> closed;

  /**
   * @param prefixed whether the server's name stands in front of its tools' and prompts'
   * @param set limits the tools to those of a set, or null
   */
  ShownServer(RunningServer running, boolean prefixed, @Nullable Toolset set, Icon icon) {
    this(running, prefixed, set, icon, List.of());
  }

  private ShownServer(
      RunningServer running,
      boolean prefixed,
      @Nullable Toolset set,
      Icon icon,
      List<NamePattern> closed) {
    this.closed = closed;
    this.running = running;
    this.prefixed = prefixed;
    this.set = set;
    this.icon = icon;
    this.rules = running.definition().router().tools();
    this.renamed = new HashMap<>();
    rules.rename().forEach((own, shown) -> renamed.put(shown, own));
  }

  /** The same server without the tools that are closed to a caller. */
  ShownServer without(List<NamePattern> tools) {
    return tools.isEmpty() ? this : new ShownServer(running, prefixed, set, icon, tools);
  }

  boolean isRestricted() {
    return !access().isOpen();
  }

  AccessRules access() {
    return running.definition().router().access();
  }

  /** The tools that are closed to a caller; absent where the whole server is. */
  Optional<List<NamePattern>> closedTo(Caller caller) {
    return access().server().admits(caller)
        ? Optional.of(access().closedTo(caller))
        : Optional.empty();
  }

  /** The scopes that a caller lacks for a tool by its public name. */
  Set<String> missingScopes(Caller caller, String publicName) {
    Target target = unlisted(ListKind.TOOLS, publicName);
    return target == null ? Set.of() : access().missingScopes(caller, target.name());
  }

  RunningServer running() {
    return running;
  }

  String name() {
    return running.name();
  }

  /** What stands in front of the names of its tools. */
  String shownName() {
    return running.shownName();
  }

  Icon icon() {
    return icon;
  }

  /** Whether this is the same server, cut in the same way; an edited entry is another server. */
  boolean listsSame(ShownServer other, ListKind kind) {
    return running == other.running
        && (kind != ListKind.TOOLS || patterns().equals(other.patterns()));
  }

  private List<NamePattern> patterns() {
    return set == null ? List.of() : set.tools();
  }

  /** The name that an item is shown under, or null where it is hidden. */
  @Nullable String publicName(ListKind kind, String own) {
    if (!kind.isNamed()) {
      return own;
    }
    String shown = kind == ListKind.TOOLS ? shownTool(own) : own;
    if (shown == null) {
      return null;
    }
    return prefixed ? PublicName.of(shownName(), shown) : shown;
  }

  /** A tool that another one was renamed to gives way to that one. */
  private @Nullable String shownTool(String own) {
    String shown = rules.shownName(own);
    boolean hidden =
        !rules.admits(own)
            || closed.stream().anyMatch(pattern -> pattern.matches(own))
            || !renamed.getOrDefault(shown, own).equals(own)
            || (set != null && !set.admits(name(), shown));
    return hidden ? null : shown;
  }

  /** Whether an item of this server can have that public name. */
  boolean mayHold(String publicName) {
    return !prefixed || PublicName.mayBelong(shownName(), publicName);
  }

  /**
   * Where a public name leads without regard to what the server lists, or null where that cannot be
   * told or is hidden. The server itself judges whether there is such a tool.
   */
  @Nullable Target unlisted(ListKind kind, String publicName) {
    String shown = prefixed ? PublicName.plainTool(shownName(), publicName) : publicName;
    if (shown.isEmpty()) {
      return null;
    }
    String own = kind == ListKind.TOOLS ? renamed.getOrDefault(shown, shown) : shown;
    return publicName.equals(publicName(kind, own)) ? new Target(name(), own) : null;
  }
}
