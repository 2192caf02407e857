package io.mcprouter.config.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns SnakeYAML's nodes into a tree without aliases. Each use of an alias counts as much as what
 * it stands for, so a document that grows without end meets the bound early.
 */
final class YamlTree {
  static final int MAX_NODES = 100_000;
  static final int MAX_DEPTH = 50;

  private static final Map<Tag, Yaml.Type> SCALARS =
      Map.of(
          Tag.NULL, Yaml.Type.NULL,
          Tag.BOOL, Yaml.Type.BOOLEAN,
          Tag.INT, Yaml.Type.INTEGER,
          Tag.FLOAT, Yaml.Type.FLOAT,
          Tag.MERGE, Yaml.Type.TEXT,
          Tag.STR, Yaml.Type.TEXT);

  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;

  Yaml read(Node node) throws UnreadableYaml {
    Position at = position(node);
    if (++nodes > MAX_NODES) {
      throw new UnreadableYaml(
          at, "grows beyond " + MAX_NODES + " values when its aliases are followed; write it out");
    }
    if (open.size() >= MAX_DEPTH) {
      throw new UnreadableYaml(at, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    if (!open.add(node)) {
      return new Yaml.Unusable(at, "an alias that refers to itself");
    }
    try {
      return switch (node) {
        case ScalarNode scalar -> scalar(scalar, at);
        case SequenceNode sequence -> sequence(sequence, at);
        case MappingNode mapping -> mapping(mapping, at);
        default -> new Yaml.Unusable(at, "nothing that YAML documents");
      };
    } finally {
      open.remove(node);
    }
  }

  private static Yaml scalar(ScalarNode node, Position at) {
    Yaml.Type type = SCALARS.get(node.getTag());
    return type == null ? tagged(node, at) : new Yaml.Scalar(at, type, node.getValue());
  }

  private Yaml sequence(SequenceNode node, Position at) throws UnreadableYaml {
    if (!node.getTag().equals(Tag.SEQ)) {
      return tagged(node, at);
    }
    List<Yaml> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(read(item));
    }
    return new Yaml.Sequence(at, items);
  }

  private Yaml mapping(MappingNode node, Position at) throws UnreadableYaml {
    if (!node.getTag().equals(Tag.MAP)) {
      return tagged(node, at);
    }
    Map<String, Yaml.Pair> pairs = new LinkedHashMap<>();
    List<Yaml.Pair> merged = new ArrayList<>();
    List<Yaml.Problem> problems = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      Position keyAt = position(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || !SCALARS.containsKey(key.getTag())) {
        problems.add(new Yaml.Problem("?", keyAt, "this key is not plain text"));
      } else if (key.getTag().equals(Tag.MERGE)) {
        merge(tuple.getValueNode(), merged, problems);
      } else {
        Yaml.Pair pair = new Yaml.Pair(key.getValue(), keyAt, read(tuple.getValueNode()));
        put(pairs, pair, problems);
      }
    }
    merged.forEach(pair -> pairs.putIfAbsent(pair.key(), pair));
    return new Yaml.Mapping(at, List.copyOf(pairs.values()), problems);
  }

  private static void put(
      Map<String, Yaml.Pair> pairs, Yaml.Pair pair, List<Yaml.Problem> problems) {
    Yaml.Pair former = pairs.putIfAbsent(pair.key(), pair);
    if (former != null) {
      String message =
          "is here a second time, first in line " + former.at().line() + "; remove one of them";
      problems.add(new Yaml.Problem(pair.key(), pair.at(), message));
    }
  }

  /** A merge key takes a mapping, or a list of them of which the earlier wins. */
  private void merge(Node source, List<Yaml.Pair> merged, List<Yaml.Problem> problems)
      throws UnreadableYaml {
    Yaml value = read(source);
    List<Yaml> sources = value instanceof Yaml.Sequence list ? list.items() : List.of(value);
    for (Yaml each : sources) {
      if (each instanceof Yaml.Mapping mapping) {
        merged.addAll(mapping.pairs());
        problems.addAll(mapping.problems());
      } else {
        problems.add(new Yaml.Problem("<<", each.at(), "takes an object, but is " + each.kind()));
      }
    }
  }

  private static Yaml tagged(Node node, Position at) {
    return new Yaml.Unusable(at, "tagged " + node.getTag().getValue() + ", and tags are refused");
  }

  private static Position position(Node node) {
    return YamlDocument.position(node.getStartMark());
  }
}
