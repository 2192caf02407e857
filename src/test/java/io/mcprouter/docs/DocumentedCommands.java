package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The curl commands of a page, typed into one shell as a reader does, who compares each answer with
 * the block below the command. An ellipsis there stands for anything.
 */
final class DocumentedCommands implements AutoCloseable {
  private static final String END = "--- end of the answer ---";

  private final List<String> lines;
  private final List<Block> blocks;
  private final Process shell;
  private final BufferedWriter in;
  private final BufferedReader out;

  private DocumentedCommands(Path page, Process shell) throws IOException {
    this.lines = Files.readAllLines(page);
    this.blocks = Pages.blocks(page);
    this.shell = shell;
    this.in = shell.outputWriter(StandardCharsets.UTF_8);
    this.out = shell.inputReader(StandardCharsets.UTF_8);
  }

  /** Opens a shell in which these variables are set. */
  static DocumentedCommands of(Path page, Map<String, String> variables) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("bash").redirectErrorStream(true);
    shell.environment().putAll(variables);
    return new DocumentedCommands(page, shell.start());
  }

  /** Types what stands below a heading and above the next; what the last command answered. */
  String section(String heading) throws IOException {
    int from = lines.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    int to = from + 1;
    while (to < lines.size() && !lines.get(to).startsWith("#")) {
      to++;
    }
    String answer = "";
    for (Block block : blocks) {
      if (block.line() > from && block.line() < to) {
        if (block.language().equals("sh")) {
          answer = type(block.text());
        } else if (block.language().equals("json") || block.language().equals("text")) {
          assertThat(answer).as("%s", block).matches(documented(block));
        }
      }
    }
    return answer;
  }

  private String type(String commands) throws IOException {
    in.write(commands + "echo; echo '" + END + "'\n");
    in.flush();
    StringBuilder answer = new StringBuilder();
    for (String line = out.readLine(); !END.equals(line); line = out.readLine()) {
      assertThat(line).as("the shell after %s: %s", commands, answer).isNotNull();
      answer.append(line).append('\n');
    }
    return answer.toString().strip();
  }

  /** Lines of a long answer are broken for the reader. */
  private static Pattern documented(Block block) {
    String text = block.text().lines().map(String::strip).collect(Collectors.joining());
    String pattern =
        Stream.of(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL);
  }

  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
