package io.mcprouter.cli;

import io.mcprouter.routing.files.RouteFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A route template as its file has it, with an entry's values in the place of its parameters. What
 * Camel would write of the route leaves out half of it: catch blocks, error handlers, beans.
 */
final class FilledTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z0-9_.-]+)}}");
  private static final String BEANS = "beans";

  private final Map<?, ?> template;
  private final Map<String, Object> parameters;

  private FilledTemplate(Map<?, ?> template, Map<String, Object> parameters) {
    this.template = template;
    this.parameters = parameters;
  }

  /** The template in the file that has it last, as when the router loads them; null for none. */
  static @Nullable FilledTemplate find(
      Collection<RouteFile> files, String id, Map<String, Object> parameters) {
    FilledTemplate found = null;
    for (RouteFile file : files) {
      for (Map<?, ?> template : templates(file)) {
        if (id.equals(template.get("id"))) {
          found = new FilledTemplate(template, parameters);
        }
      }
    }
    return found;
  }

  private static List<Map<?, ?>> templates(RouteFile file) {
    Object content;
    try (InputStream in = file.resource().getInputStream()) {
      content = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    } catch (IOException | YAMLException unreadable) {
      return List.of(); // it was left out, and told of, before
    }
    if (!(content instanceof List<?> items)) {
      return List.of();
    }
    return items.stream()
        .map(item -> item instanceof Map<?, ?> map ? map.get("routeTemplate") : null)
        .<Map<?, ?>>mapMulti(
            (item, out) -> {
              if (item instanceof Map<?, ?> map && map.get("route") instanceof Map<?, ?>) {
                out.accept(map);
              }
            })
        .toList();
  }

  /** The elements of a route file that would be this route: its beans, and itself. */
  List<Object> elements(String routeId) {
    Map<String, Object> route = new LinkedHashMap<>();
    route.put("id", routeId);
    ((Map<?, ?>) filled(template.get("route"))).forEach((key, value) -> put(route, key, value));
    Object beans = template.get(BEANS);
    Object shown = Map.of("route", route);
    return beans == null ? List.of(shown) : List.of(Map.of(BEANS, filled(beans)), shown);
  }

  private static void put(Map<String, Object> route, Object key, Object value) {
    route.put(String.valueOf(key), value);
  }

  private Object filled(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> {
        Map<Object, Object> filled = new LinkedHashMap<>();
        map.forEach((key, member) -> filled.put(key, filled(member)));
        yield filled;
      }
      case List<?> list -> list.stream().map(this::filled).toList();
      case String text -> filled(text);
      default -> value;
    };
  }

  /** What is no parameter is one of the template's own beans. */
  private String filled(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              Object value = parameters.getOrDefault(found.group(1), found.group(1));
              return Matcher.quoteReplacement(String.valueOf(value));
            });
  }
}
