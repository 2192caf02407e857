package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDataDirectoryTest {
  private static final Path HOME = Path.of("/home/ada");

  private static Path path(String system, Map<String, String> environment) {
    return UserDataDirectory.path(system, HOME, environment::get);
  }

  @Test
  void is_where_each_system_keeps_the_data_of_a_user() {
    assertThat(path("Linux", Map.of())).isEqualTo(HOME.resolve(".local/share/mcp-router"));
    assertThat(path("Mac OS X", Map.of()))
        .isEqualTo(HOME.resolve("Library/Application Support/mcp-router"));
    assertThat(path("Windows 11", Map.of())).isEqualTo(HOME.resolve("AppData/Local/mcp-router"));
  }

  @Test
  void is_where_the_user_says() {
    assertThat(path("Linux", Map.of("XDG_DATA_HOME", "/mnt/data")))
        .isEqualTo(Path.of("/mnt/data/mcp-router"));
    assertThat(path("Windows 11", Map.of("LOCALAPPDATA", "/mnt/local")))
        .isEqualTo(Path.of("/mnt/local/mcp-router"));
  }

  @Test
  void is_never_below_wherever_the_program_was_started() {
    assertThat(path("Linux", Map.of("XDG_DATA_HOME", "data")))
        .isEqualTo(HOME.resolve(".local/share/mcp-router"));
    assertThat(path("Linux", Map.of("XDG_DATA_HOME", "")))
        .isEqualTo(HOME.resolve(".local/share/mcp-router"));
  }
}
