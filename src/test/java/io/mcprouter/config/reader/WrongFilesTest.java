package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.McpServersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code wrong-files.txt} is refused with exactly the lines and reasons given there.
 */
class WrongFilesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void is_refused_with_line_and_reason(Wrong wrong) {
    McpServersFile file = ReadFiles.read(wrong.text);
    assertThat(ReadFiles.errors(file))
        .containsExactlyElementsOf(wrong.errors.stream().map("servers.yaml:"::concat).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_server_with_an_error_is_listed_as_failed_or_the_file_is_refused(Wrong wrong) {
    if (ReadFiles.read(wrong.text) instanceof McpServersFile.Accepted accepted) {
      assertThat(accepted.servers().hasErrors()).isTrue();
      accepted.servers().failed().forEach(failed -> assertThat(failed.reasons()).isNotEmpty());
    }
  }

  @Test
  void there_are_well_over_forty_of_them() {
    assertThat(cases().count()).isGreaterThan(100);
    assertThat(cases()).allSatisfy(wrong -> assertThat(wrong.errors).isNotEmpty());
  }

  static Stream<Wrong> cases() {
    List<Wrong> cases = new ArrayList<>();
    for (String block : resource().split("(?m)^=== ", -1)) {
      List<String> lines = block.lines().toList();
      if (!block.startsWith("#")) {
        cases.add(
            new Wrong(
                lines.getFirst(),
                String.join("\n", lines.stream().skip(1).filter(l -> !isError(l)).toList()) + "\n",
                lines.stream().filter(WrongFilesTest::isError).map(l -> l.substring(4)).toList()));
      }
    }
    return cases.stream();
  }

  private static boolean isError(String line) {
    return line.matches("--- \\d+:\\d+: .*");
  }

  private static String resource() {
    try (var in = WrongFilesTest.class.getResourceAsStream("/config/wrong-files.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  record Wrong(String title, String text, List<String> errors) {
    @Override
    public String toString() {
      return title;
    }
  }
}
