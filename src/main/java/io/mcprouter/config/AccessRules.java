package io.mcprouter.config;

import io.mcprouter.protocol.Caller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may see and use a server, and which of its tools ({@code router.access}). What a caller may
 * not use is not listed either. The router itself may do everything.
 *
 * @param server what a caller needs for the server as a whole
 * @param tools what a caller needs besides for the tools that fit; of several rules that fit, all
 */
public record AccessRules(Requirement server, List<ToolRule> tools) {
  /** Everybody may do everything. */
  public static final AccessRules OPEN = new AccessRules(Requirement.NOTHING, List.of());

  public AccessRules {
    tools = List.copyOf(tools);
  }

  public boolean isOpen() {
    return equals(OPEN);
  }

  /** The tools that are closed to a caller, as patterns on the server's own names of them. */
  public List<NamePattern> closedTo(Caller caller) {
    return tools.stream()
        .filter(rule -> !rule.requirement().admits(caller))
        .map(ToolRule::tools)
        .toList();
  }

  /** The scopes that a caller lacks for the server; empty also where scopes would not help. */
  public Set<String> missingScopes(Caller caller) {
    return server.missingScopes(caller);
  }

  /** The scopes that a caller lacks for a tool; empty also where scopes would not help. */
  public Set<String> missingScopes(Caller caller, String tool) {
    Set<String> missing = new LinkedHashSet<>();
    for (ToolRule rule : tools) {
      if (rule.tools().matches(tool) && !rule.requirement().admits(caller)) {
        Set<String> scopes = rule.requirement().missingScopes(caller);
        if (scopes.isEmpty()) {
          return Set.of();
        }
        missing.addAll(scopes);
      }
    }
    return missing;
  }

  /** Every scope that a rule names. */
  public Set<String> scopes() {
    Set<String> scopes = new LinkedHashSet<>(server.scopes());
    tools.forEach(rule -> scopes.addAll(rule.requirement().scopes()));
    return scopes;
  }

  /** A rule for the tools that fit a pattern. */
  public record ToolRule(NamePattern tools, Requirement requirement) {}

  /**
   * What a caller needs.
   *
   * @param roles one of them; anybody where empty
   * @param scopes all of them, of callers whose credential is limited by scopes: tokens and API
   *     keys
   */
  public record Requirement(Set<String> roles, Set<String> scopes) {
    public static final Requirement NOTHING = new Requirement(Set.of(), Set.of());

    public Requirement {
      roles = Set.copyOf(roles);
      scopes = Set.copyOf(scopes);
    }

    public boolean admits(Caller caller) {
      return hasRole(caller) && (!isScoped(caller) || caller.scopes().containsAll(scopes));
    }

    private boolean hasRole(Caller caller) {
      return roles.isEmpty()
          || caller.isApplication()
          || caller.roles().stream().anyMatch(roles::contains);
    }

    private static boolean isScoped(Caller caller) {
      return caller.source() == Caller.Source.JWT || caller.source() == Caller.Source.API_KEY;
    }

    Set<String> missingScopes(Caller caller) {
      if (!hasRole(caller) || !isScoped(caller)) {
        return Set.of();
      }
      Set<String> missing = new LinkedHashSet<>(scopes);
      missing.removeAll(caller.scopes());
      return missing;
    }
  }
}
