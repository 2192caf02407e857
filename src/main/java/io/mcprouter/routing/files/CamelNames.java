package io.mcprouter.routing.files;

import io.mcprouter.config.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** The names of what a route may use: whatever is on the class path. */
final class CamelNames {
  private CamelNames() {}

  static Set<String> components(CamelContext camel) {
    Set<String> names = onClassPath("component");
    names.addAll(camel.getComponentNames());
    return names;
  }

  static Set<String> languages() {
    return onClassPath("language");
  }

  /** What is to be appended to the message that there is no such name. */
  static String nearest(String name, Set<String> known) {
    return NearestName.of(name, known)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse("");
  }

  /** Each of Camel's jars says what it brings. */
  private static Set<String> onClassPath(String kind) {
    Set<String> names = new TreeSet<>();
    try {
      for (URL each :
          Collections.list(
              CamelNames.class
                  .getClassLoader()
                  .getResources("META-INF/services/org/apache/camel/" + kind + ".properties"))) {
        Properties jar = new Properties();
        try (InputStream in = each.openStream()) {
          jar.load(in);
        }
        Collections.addAll(names, jar.getProperty(kind + "s", "").strip().split("\\s+"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the class path cannot be read", e);
    }
    names.remove("");
    return names;
  }
}
