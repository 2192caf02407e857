package io.mcprouter.wiring;

import io.mcprouter.routing.files.RouteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The route files inside the program. */
public final class BuiltInRoutes {
  private static final String PLACE = "classpath:routes/";

  private BuiltInRoutes() {}

  /** All of them by their name. */
  public static Map<String, RouteFile> read() {
    Map<String, RouteFile> files = new TreeMap<>();
    try {
      for (Resource found :
          new PathMatchingResourcePatternResolver().getResources(PLACE + "*" + RouteFile.SUFFIX)) {
        String name = String.valueOf(found.getFilename());
        files.put(name, new RouteFile(name, PLACE + name, found.getContentAsByteArray()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
