package io.mcprouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The snippets of the pages that a newcomer copies from. */
final class Readme {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\R(.*?)^```");
  private static final Pattern CALL =
      Pattern.compile("mvn -q -B spring-boot:run -Dspring-boot.run.arguments=\"(call [^\"]+)\"");

  private Readme() {}

  /** The arguments of the README's second command, which calls a tool of the demo server. */
  static List<String> firstCall() throws IOException {
    Matcher call = CALL.matcher(Files.readString(Path.of("README.md")));
    if (!call.find()) {
      throw new AssertionError("the README has no command that calls a tool");
    }
    return List.of(call.group(1).split(" "));
  }

  /** The code blocks of a page in a language. */
  static List<String> blocks(String page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of(page)))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }
}
