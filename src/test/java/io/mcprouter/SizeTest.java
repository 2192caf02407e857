package io.mcprouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files and methods stay small, and nothing is left for later. */
class SizeTest {
  private static final int MOST_LINES = 400;
  private static final int MOST_LINES_OF_A_METHOD = 40;
  private static final Path SOURCES = Path.of("src");

  /**
   * The beginning of a method or constructor as the formatter writes it, in a type or a type within
   * a type: indented by two or four, and no statement.
   */
  private static final Pattern METHOD =
      Pattern.compile(
          "( {2}| {4})(?! )(?!return|throw|new |else|case|default ->)"
              + "([\\w@<][\\w .,<>?@\\[\\]]* \\w+|[A-Z]\\w*)\\(.*");

  private static final Pattern LEFT_OVER =
      Pattern.compile("TO" + "DO|FIX" + "ME|@Dis" + "abled|Thread\\.sle" + "ep");

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void no_file_is_longer_than_a_reader_likes() throws IOException {
    assertThat(javaFiles(SOURCES.resolve("main")))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(lines(file)).hasSizeLessThanOrEqualTo(MOST_LINES));
  }

  @Test
  void no_method_is_longer_than_a_screen() throws IOException {
    List<String> tooLong = new ArrayList<>();
    int methods = 0;
    for (Path file : javaFiles(SOURCES.resolve("main"))) {
      List<String> lines = lines(file);
      for (int at = 0; at < lines.size(); at++) {
        if (METHOD.matcher(lines.get(at)).matches()) {
          int length = length(lines, at);
          methods += length > 1 ? 1 : 0;
          if (length > MOST_LINES_OF_A_METHOD) {
            tooLong.add(file + ":" + (at + 1) + " has " + length + " lines");
          }
        }
      }
    }
    assertThat(tooLong).isEmpty();
    assertThat(methods).as("methods found").isGreaterThan(1_000);
  }

  /**
   * The lines up to the closing brace that stands below the beginning; 1 where there is no body.
   */
  private static int length(List<String> lines, int from) {
    String first = lines.get(from);
    String indent = first.substring(0, first.length() - first.stripLeading().length());
    int head = from;
    while (!lines.get(head).endsWith("{")) {
      if (lines.get(head).endsWith(";") || lines.get(head).endsWith("}")) {
        return 1;
      }
      head++;
    }
    return lines.subList(head, lines.size()).indexOf(indent + "}") + head - from + 1;
  }

  @Test
  void nothing_is_left_for_later_or_waits_by_the_clock() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : javaFiles(SOURCES)) {
      boolean slowOnPurpose =
          file.endsWith("demo/Tool.java"); // one that counts, at a pace asked for
      lines(file).stream()
          .filter(line -> !slowOnPurpose || !line.contains("(delayMillis)"))
          .filter(LEFT_OVER.asPredicate())
          .forEach(line -> found.add(file + ": " + line.strip()));
    }
    assertThat(found).isEmpty();
  }
}
