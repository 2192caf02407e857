package io.mcprouter.config.reader;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/** From text to a bounded tree; no object is ever made from a tag. */
public final class YamlDocument {
  /** In code points; far beyond what 500 servers need. */
  static final int MAX_SIZE = 3_000_000;

  /** Keeps SnakeYAML's own recursion small; the tree's tighter bound knows the line. */
  private static final int MAX_COMPOSED_DEPTH = 1000;

  private static final Pattern JSON = Pattern.compile("\\A\\s*\\{");

  private YamlDocument() {}

  /**
   * The tree of a document, or an empty mapping where it holds nothing.
   *
   * @throws UnreadableYaml if the text is not one well-formed YAML or JSON document within the
   *     limits
   */
  public static Yaml read(String text) throws UnreadableYaml {
    Node node = compose(text);
    return node == null
        ? new Yaml.Mapping(Position.START, List.of(), List.of())
        : new YamlTree().read(node);
  }

  private static @Nullable Node compose(String text) throws UnreadableYaml {
    String readable = JSON.matcher(text).lookingAt() ? fromJson(text) : text;
    try {
      return yaml().compose(new StringReader(readable));
    } catch (MarkedYAMLException fault) {
      throw new UnreadableYaml(
          position(fault.getProblemMark()), "is not valid YAML: " + what(fault));
    } catch (ReaderException fault) {
      throw new UnreadableYaml(
          position(text, fault.getPosition()), "holds a character that YAML does not allow");
    } catch (YAMLException fault) {
      throw new UnreadableYaml(Position.START, "is not valid YAML: " + fault.getMessage());
    }
  }

  /**
   * All of JSON is YAML but for two things: it may be indented with tabs, which stand in none of
   * its strings, and it may write a slash as {@code \/}.
   */
  private static String fromJson(String json) {
    StringBuilder yaml = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\' || i + 1 == json.length()) {
        yaml.append(c == '\t' ? ' ' : c);
        continue;
      }
      char escaped = json.charAt(++i);
      yaml.append(escaped == '/' ? "/" : "\\" + escaped);
    }
    return yaml.toString();
  }

  private static org.yaml.snakeyaml.Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_SIZE);
    options.setNestingDepthLimit(MAX_COMPOSED_DEPTH);
    // the tree has its own bound, which counts what aliases stand for and knows the line
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    // no object is made from a tag; the tree refuses each where it stands
    options.setTagInspector(tag -> true);
    DumperOptions unused = new DumperOptions();
    return new org.yaml.snakeyaml.Yaml(
        new SafeConstructor(options), new Representer(unused), unused, options, new CoreSchema());
  }

  /** The problem alone: the exception's own message would quote the file, secrets and all. */
  private static String what(MarkedYAMLException fault) {
    String problem = fault.getProblem();
    return problem == null ? "it cannot be understood here" : problem;
  }

  static Position position(@Nullable Mark mark) {
    return mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Position position(String text, int offset) {
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(line, before.length() - before.lastIndexOf('\n'));
  }
}
