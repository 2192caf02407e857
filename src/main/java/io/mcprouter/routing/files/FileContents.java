package io.mcprouter.routing.files;

import io.mcprouter.config.Fault;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What a route file holds, by name, as far as it must be known before Camel reads it.
 *
 * @param routes the lines of routes by their id; those without one are not among them
 * @param templates the ids of its route templates
 * @param used the ids of the templates that it makes routes of
 * @param beans the names of its beans
 * @param configures whether it holds what changes routes of other files
 * @param elements how many of its elements are no beans
 * @param withoutBeans the same file, beans replaced by empty lines
 */
record FileContents(
    Map<String, Integer> routes,
    Set<String> templates,
    Set<String> used,
    Set<String> beans,
    boolean configures,
    int elements,
    String withoutBeans) {

  /** What a file that is not there holds. */
  static final FileContents NONE =
      new FileContents(Map.of(), Set.of(), Set.of(), Set.of(), false, 0, "");

  boolean isEmpty() {
    return elements == 0 && beans.isEmpty();
  }

  /** The line of a route, 1 where it is not known. */
  int lineOf(String route) {
    return routes.getOrDefault(route, 1);
  }

  static FileContents of(RouteFile file) throws FaultyRouteFile {
    if (file.content().length > RouteFile.MOST_BYTES) {
      throw new FaultyRouteFile(
          file.fault(1, 1, "file", "is larger than " + RouteFile.MOST_BYTES + " bytes; split it"));
    }
    String text = new String(file.content(), StandardCharsets.UTF_8);
    try {
      Node root =
          new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
      return root == null ? NONE : new Reading(file, text).read(root);
    } catch (RuntimeException e) {
      throw FaultyRouteFile.unreadable(file, e);
    }
  }

  /** One pass over the elements of a file. */
  private static final class Reading {
    private final RouteFile file;
    private final List<String> lines;
    private final Map<String, Integer> routes = new LinkedHashMap<>();
    private final Set<String> templates = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> beans = new LinkedHashSet<>();
    private boolean configures;
    private int others;

    Reading(RouteFile file, String text) {
      this.file = file;
      this.lines = new ArrayList<>(text.lines().toList());
    }

    FileContents read(Node root) throws FaultyRouteFile {
      if (!(root instanceof SequenceNode elements)) {
        throw new FaultyRouteFile(
            fault(
                root, "file", "is no list; write each element as '- route:', '- routeTemplate:'…"));
      }
      for (Node element : elements.getValue()) {
        if (element instanceof MappingNode mapping) {
          for (NodeTuple entry : mapping.getValue()) {
            element(text(entry.getKeyNode()), entry.getKeyNode(), entry.getValueNode());
          }
        }
      }
      String withoutBeans = String.join("\n", lines);
      return new FileContents(routes, templates, used, beans, configures, others, withoutBeans);
    }

    private void element(@Nullable String kind, Node key, Node value) throws FaultyRouteFile {
      others += "beans".equals(kind) ? 0 : 1;
      switch (kind) {
        case "route" -> route(value, "id");
        case "routeTemplate", "route-template" -> {
          String id = member(value, "id");
          if (id != null && !templates.add(id)) {
            throw new FaultyRouteFile(fault(value, id, "is the id of two templates of this file"));
          }
        }
        case "templatedRoute", "templated-route" -> {
          route(value, "routeId");
          String template = member(value, "routeTemplateRef");
          if (template != null) {
            used.add(template);
          }
        }
        case "beans" -> beans(key, value);
        case "routeConfiguration", "route-configuration", "restConfiguration" -> configures = true;
        case null, default -> {
          // Camel says what it does not know
        }
      }
    }

    private void route(Node value, String key) throws FaultyRouteFile {
      String id = member(value, key);
      if (id != null && routes.put(id, value.getStartMark().getLine() + 1) != null) {
        throw new FaultyRouteFile(fault(value, id, "is the id of two routes of this file"));
      }
    }

    private void beans(Node key, Node value) {
      if (value instanceof SequenceNode each) {
        for (Node bean : each.getValue()) {
          String name = member(bean, "name");
          if (name != null) {
            beans.add(name);
          }
        }
      }
      boolean inFlow = value instanceof SequenceNode each && each.getFlowStyle() == FlowStyle.FLOW;
      int last = Math.min(value.getEndMark().getLine() + (inFlow ? 1 : 0), lines.size());
      for (int i = key.getStartMark().getLine(); i < last; i++) {
        lines.set(i, "");
      }
    }

    private Fault fault(Node at, String path, String message) {
      return file.fault(
          at.getStartMark().getLine() + 1, at.getStartMark().getColumn() + 1, path, message);
    }

    private static @Nullable String member(Node node, String key) {
      if (node instanceof MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
          if (key.equals(text(entry.getKeyNode()))) {
            return text(entry.getValueNode());
          }
        }
      }
      return null;
    }

    private static @Nullable String text(Node node) {
      return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }
  }
}
