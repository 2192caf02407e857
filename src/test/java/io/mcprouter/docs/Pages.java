package io.mcprouter.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The pages of the documentation. */
final class Pages {
  private static final String FENCE = "```";

  private Pages() {}

  /** Every page under {@code docs}, and the README where there is one. */
  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      Stream<Path> pages = files.filter(file -> file.toString().endsWith(".md"));
      Stream<Path> readme = Stream.of(Path.of("README.md")).filter(Files::exists);
      return Stream.concat(readme, pages).sorted().toList();
    }
  }

  /** The fenced blocks of all pages in some languages. */
  static List<Block> blocks(String... languages) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : all()) {
      blocks.addAll(blocks(page));
    }
    Set<String> wanted = Set.of(languages);
    return blocks.stream().filter(block -> wanted.contains(block.language())).toList();
  }

  /** The fenced blocks of a page. */
  static List<Block> blocks(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    for (int at = 0; at < lines.size(); at++) {
      if (!lines.get(at).startsWith(FENCE)) {
        continue;
      }
      int first = at + 1;
      int end = first;
      while (!lines.get(end).startsWith(FENCE)) {
        end++;
      }
      String text = String.join("\n", lines.subList(first, end)) + "\n";
      blocks.add(new Block(page, first, lines.get(at).substring(FENCE.length()).strip(), text));
      at = end;
    }
    return blocks;
  }
}
