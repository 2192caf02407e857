package io.mcprouter.routing.files;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Where in a file a fault is that Camel found when it made or started a route. Camel names no line
 * then: the route, the step as it writes it, and the text that it could not use are looked for.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
record FaultPlace(int line, int column) {
  /** More than the texts of any step weigh together: a step of the right kind comes first. */
  private static final int RIGHT_KIND = RouteFile.MOST_BYTES;

  private static FaultPlace of(Node node) {
    Mark mark = node.getStartMark();
    return new FaultPlace(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /**
   * The narrowest place that is known, or null where nothing of it stands in the file.
   *
   * @param route the route's id; empty where it is not known
   * @param step the step of the route as Camel writes it, or null
   * @param clues texts of which one is what is wrong, the most telling first
   */
  static @Nullable FaultPlace find(
      RouteFile file, String route, @Nullable String step, List<String> clues) {
    String text = new String(file.content(), StandardCharsets.UTF_8);
    Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    Node ofRoute = route.isEmpty() ? null : route(root, route);
    Node ofStep = ofRoute == null || step == null ? null : step(ofRoute, step);
    for (Node within : narrowToWide(ofStep, ofRoute == null ? root : ofRoute)) {
      Optional<Node> found = clued(scalars(within), clues);
      if (found.isPresent()) {
        return of(found.get());
      }
    }
    Node known = ofStep == null ? ofRoute : ofStep;
    return known == null ? null : of(known);
  }

  private static List<Node> narrowToWide(@Nullable Node step, @Nullable Node route) {
    List<Node> nodes = new ArrayList<>();
    if (step != null) {
      nodes.add(step);
    }
    if (route != null) {
      nodes.add(route);
    }
    return nodes;
  }

  private static Optional<Node> clued(List<ScalarNode> scalars, List<String> clues) {
    for (String clue : clues) {
      Optional<Node> found =
          first(scalars, clue::equals).or(() -> first(scalars, each -> mentions(each, clue)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A single letter is in every text. */
  private static boolean mentions(String text, String clue) {
    return clue.length() > 1 && text.contains(clue);
  }

  private static Optional<Node> first(List<ScalarNode> scalars, Predicate<String> fits) {
    return scalars.stream()
        .filter(each -> fits.test(each.getValue()))
        .findFirst()
        .map(Node.class::cast);
  }

  /** What stands under 'route', 'routeTemplate' or 'templatedRoute' of that id. */
  private static @Nullable Node route(@Nullable Node root, String id) {
    if (!(root instanceof SequenceNode elements)) {
      return null;
    }
    return elements.getValue().stream()
        .flatMap(element -> members(element).stream())
        .map(NodeTuple::getValueNode)
        .filter(route -> isNamed(route, "id", id) || isNamed(route, "routeId", id))
        .findFirst()
        .orElse(null);
  }

  private static boolean isNamed(Node route, String key, String id) {
    return member(route, key) instanceof ScalarNode scalar && scalar.getValue().equals(id);
  }

  /** The one of the route's own steps, not those within them, that is most like what Camel says. */
  private static @Nullable Node step(Node route, String label) {
    Node from = member(route, "from");
    Node steps = from == null ? null : member(from, "steps");
    if (steps == null) {
      steps = member(route, "steps");
    }
    return steps instanceof SequenceNode list
        ? list.getValue().stream()
            .max(Comparator.comparingInt(each -> likeness(each, label)))
            .orElse(null)
        : null;
  }

  private static int likeness(Node step, String label) {
    String kind = label.replaceFirst("(?s)\\[.*", "");
    int likeness = 0;
    for (NodeTuple member : members(step)) {
      if (member.getKeyNode() instanceof ScalarNode key && key.getValue().equalsIgnoreCase(kind)) {
        likeness = RIGHT_KIND;
      }
    }
    for (ScalarNode scalar : scalars(step)) {
      likeness += label.contains(scalar.getValue()) ? scalar.getValue().length() : 0;
    }
    return likeness;
  }

  private static List<NodeTuple> members(Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  private static @Nullable Node member(Node node, String key) {
    return members(node).stream()
        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode s && s.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElse(null);
  }

  /** Keys and values in the order of the file. */
  private static List<ScalarNode> scalars(Node node) {
    List<ScalarNode> scalars = new ArrayList<>();
    collect(node, scalars, Collections.newSetFromMap(new IdentityHashMap<>()));
    return scalars;
  }

  /**
   * @param seen since aliases may lead to one node many times over
   */
  private static void collect(Node node, List<ScalarNode> into, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case ScalarNode scalar -> into.add(scalar);
      case SequenceNode list -> list.getValue().forEach(each -> collect(each, into, seen));
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(
                  member -> {
                    collect(member.getKeyNode(), into, seen);
                    collect(member.getValueNode(), into, seen);
                  });
      default -> throw new IllegalStateException("composed YAML has no " + node.getNodeId());
    }
  }
}
