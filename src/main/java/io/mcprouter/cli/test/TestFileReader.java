package io.mcprouter.cli.test;

import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Fields;
import io.mcprouter.config.reader.Position;
import io.mcprouter.config.reader.UnreadableYaml;
import io.mcprouter.config.reader.Yaml;
import io.mcprouter.config.reader.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file with tests; whatever is wrong with it is noted with its place. */
public final class TestFileReader {
  private static final List<String> KEYS =
      List.of("route", "routes", "properties", "replace", "allow", "servers", "tests");
  private static final List<String> ALLOWED = List.of("file", "exec");

  private final Path path;
  private final Faults faults;

  private TestFileReader(Path path) {
    this.path = path;
    this.faults = new Faults(path.toString(), true);
  }

  /** Reads a file; it never throws for what is in it. */
  public static TestFile.Read read(Path path) {
    TestFileReader reader = new TestFileReader(path);
    TestFile file = reader.file();
    return file == null || reader.faults.hasErrors()
        ? new TestFile.Refused(reader.faults.all())
        : new TestFile.Accepted(file);
  }

  private @Nullable TestFile file() {
    try {
      Yaml yaml = YamlDocument.read(Files.readString(path));
      if (yaml instanceof Yaml.Mapping mapping) {
        return file(Fields.known(mapping, "", faults, KEYS));
      }
      faults.error(yaml.at(), "tests", "the file must be an object, but is " + yaml.kind());
    } catch (UnreadableYaml wrong) {
      faults.error(wrong.at(), "tests", wrong.problem());
    } catch (IOException e) {
      faults.error(Position.START, "tests", "the file cannot be read: " + e.getMessage());
    }
    return null;
  }

  private TestFile file(Fields top) {
    Map<String, Stub> stubs = new StubReader(path, faults).read(top);
    List<RouteTest> tests = new ArrayList<>();
    if (top.value("tests") instanceof Yaml.Sequence list) {
      RouteTestReader reader = new RouteTestReader(stubs, faults);
      for (int i = 0; i < list.items().size(); i++) {
        RouteTest test = reader.read(list.items().get(i), "tests[" + i + "]");
        if (test != null) {
          tests.add(test);
        }
      }
      if (list.items().isEmpty()) {
        top.error("tests", "has no test; write one");
      }
    } else {
      top.error("tests", "must be a list of tests");
    }
    return new TestFile(
        path, routes(top), texts(top, "properties"), replace(top), allow(top), stubs, tests);
  }

  private List<Path> routes(Fields top) {
    List<Path> routes = new ArrayList<>();
    String one = top.text("route");
    if (one != null) {
      routes.add(route(one, top.path("route"), top.at("route")));
    }
    List<Fields.Item> more = top.texts("routes");
    if (more != null) {
      more.forEach(named -> routes.add(route(named.text(), named.path(), named.at())));
    }
    return routes;
  }

  private Path route(String named, String key, Position at) {
    Path route = path.resolveSibling(named);
    if (!Files.exists(route)) {
      faults.error(at, key, "there is no " + named + " beside this file");
    }
    return route;
  }

  /** Numbers and switches are settings as well. */
  private static Map<String, String> texts(Fields top, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Fields object = top.object(key);
    if (object != null) {
      for (Yaml.Pair pair : object.pairs()) {
        if (pair.value() instanceof Yaml.Scalar scalar) {
          texts.put(pair.key(), scalar.text());
        } else {
          object.error(pair.key(), "must be one value, but is " + pair.value().kind());
        }
      }
    }
    return texts;
  }

  private Map<String, TestFile.Replacement> replace(Fields top) {
    Map<String, TestFile.Replacement> replace = new LinkedHashMap<>();
    top.textMap("replace")
        .forEach(
            (pattern, by) ->
                replace.put(
                    pattern, new TestFile.Replacement(by.text(), faults.location(by.at()))));
    return replace;
  }

  private Set<String> allow(Fields top) {
    Set<String> allow = new LinkedHashSet<>();
    List<Fields.Item> named = top.texts("allow");
    for (Fields.Item each : named == null ? List.<Fields.Item>of() : named) {
      if (!ALLOWED.contains(each.text())) {
        faults.error(each.at(), each.path(), "can be file or exec; use 'replace' for others");
      }
      allow.add(each.text());
    }
    return allow;
  }
}
