package io.mcprouter.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  @Test
  void only_safe_variables_are_inherited_and_configured_ones_win() {
    Map<String, String> parent =
        Map.of("PATH", "/bin", "LC_ALL", "C", "HOME", "/h", "TOKEN", "secret", "LD_PRELOAD", "x");

    assertThat(ChildEnvironment.of(parent, Map.of("HOME", "/other", "A", "b"), false))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("PATH", "/bin", "LC_ALL", "C", "HOME", "/other", "A", "b"));
  }

  @Test
  void exported_shell_functions_are_not_inherited() {
    assertThat(ChildEnvironment.of(Map.of("TERM", "() { :; }; id"), Map.of(), false)).isEmpty();
  }

  @Test
  void names_on_windows_have_no_case() {
    assertThat(ChildEnvironment.of(Map.of("Path", "C:", "Token", "x"), Map.of(), true))
        .containsExactly(Map.entry("Path", "C:"));
  }
}
