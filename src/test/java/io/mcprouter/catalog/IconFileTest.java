package io.mcprouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files an icon's path may lead to, and what they may hold. */
class IconFileTest {
  @TempDir private Path directory;
  private Path home;
  private Path secret;

  @BeforeEach
  void files() throws IOException {
    home = Files.createDirectories(directory.resolve("home").resolve("icons"));
    secret = Files.writeString(directory.resolve("secret.png"), "secret");
    Files.writeString(home.resolve("own.png"), "own");
    Files.createSymbolicLink(home.resolve("out.png"), secret);
    Files.createSymbolicLink(home.resolve("up"), directory);
    Files.createSymbolicLink(home.resolve("in.png"), home.resolve("own.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"own.png", "./own.png", "in.png", "../icons/own.png"})
  void a_file_of_the_directory_is_read(String path) throws IOException {
    assertThat(IconFile.real(home, path)).isEqualTo(home.resolve("own.png").toRealPath());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../secret.png",
        "../../../../../../../../etc/passwd",
        "out.png",
        "up/secret.png",
        "..",
        "up"
      })
  void a_relative_path_leads_nowhere_else(String path) {
    assertThatThrownBy(() -> IconFile.real(home, path))
        .isInstanceOf(IOException.class)
        .satisfies(
            failure -> assertThat(String.valueOf(failure.getMessage())).doesNotContain("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2e%2e/%2e%2e/secret.png", "..%2f..%2fsecret.png"})
  void nothing_is_decoded(String path) {
    assertThatThrownBy(() -> IconFile.real(home, path)).isInstanceOf(IOException.class);
  }

  @Test
  void the_administrator_may_name_a_place() throws IOException {
    assertThat(IconFile.real(home, secret.toString())).isEqualTo(secret.toRealPath());
    assertThatThrownBy(() -> IconFile.real(home, directory.toString()))
        .isInstanceOf(IconFile.OutsideException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg><script>alert(1)</script></svg>",
        "<svg onload='alert(1)'/>",
        "<svg><a href='javascript:alert(1)'/></svg>",
        "<svg><foreignObject/></svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
        "<svg><svg:script/></svg>",
        "<html/>"
      })
  void a_drawing_that_does_something_is_no_image(String text) {
    assertThat(IconFile.type(text.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void a_plain_drawing_is_one() {
    byte[] drawing =
        "<?xml version='1.0'?><svg><path d='M0 0'/></svg>".getBytes(StandardCharsets.UTF_8);
    assertThat(IconFile.type(drawing)).isEqualTo("image/svg+xml");
  }
}
