package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the how-to and of the examples, as they are, under {@code mcp-router test}. */
class TestRoutesPageTest {
  private static final Path PAGE = Path.of("docs/how-to/test-routes.md");
  private static final Pattern FILE =
      Pattern.compile("(?ms)^`routes/([\\w.-]+)`[^\\n]*:\\n\\n```\\w+\\n(.*?)^```$");
  private static final Pattern OUTPUT = Pattern.compile("(?ms)^```text\\n(.*?)^```$");

  @TempDir private Path directory;

  @Test
  void every_file_of_the_page_does_what_the_page_says() throws IOException {
    String page = Files.readString(PAGE);
    List<MatchResult> files = FILE.matcher(page).results().toList();
    assertThat(files).hasSize(7);
    for (MatchResult file : files) {
      Files.writeString(directory.resolve(file.group(1)), file.group(2));
    }
    String shown = OUTPUT.matcher(page).results().findFirst().orElseThrow().group(1);

    Ran one = Ran.command("test", directory.resolve("order-status.test.yaml").toString());
    Ran all = Ran.command("test", directory.toString());

    assertThat(one.out().lines().map(TestRoutesPageTest::timeless))
        .containsExactlyElementsOf(shown.lines().map(TestRoutesPageTest::timeless).toList());
    assertThat(all.lines()).last().isEqualTo("6 passed, 0 failed");
    assertThat(all.exit()).isZero();
  }

  private static String timeless(String line) {
    return line.replaceAll("\\(\\d+ ms\\)", "");
  }

  @Test
  void the_examples_pass_their_tests() {
    Ran ran = Ran.command("test", "routes/examples");

    assertThat(ran.out()).doesNotContain("FAILED");
    assertThat(ran.lines()).last().isEqualTo("8 passed, 0 failed");
    assertThat(ran.exit()).isZero();
  }
}
