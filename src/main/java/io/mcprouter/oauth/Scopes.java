package io.mcprouter.oauth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scopes as OAuth writes them: in one string, separated by blanks. */
final class Scopes {
  static final String OFFLINE = "offline_access";

  private Scopes() {}

  static List<String> of(@Nullable String text) {
    return text == null
        ? List.of()
        : Stream.of(text.strip().split("\\s+")).filter(one -> !one.isEmpty()).distinct().toList();
  }

  static String text(List<String> scopes) {
    return String.join(" ", scopes);
  }

  /** All of both, in their order, each once. */
  static List<String> union(List<String> first, List<String> second) {
    Set<String> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  /**
   * What a login asks for: what the administrator wrote, else what the challenge names, else what
   * the resource's metadata names, else nothing; and a refresh token where the authorization server
   * gives them by scope.
   */
  static List<String> toAskFor(
      @Nullable String configured, List<String> challenged, Discovered found) {
    List<String> base = of(configured);
    if (base.isEmpty()) {
      base = challenged.isEmpty() ? found.scopes() : challenged;
    }
    boolean offline = !base.isEmpty() && found.server().scopes().contains(OFFLINE);
    return offline ? union(base, List.of(OFFLINE)) : base;
  }
}
