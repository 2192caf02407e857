package io.mcprouter.cli.test;

import io.mcprouter.config.Fault;
import io.mcprouter.config.SourceLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file with tests of routes.
 *
 * @param path where it is, as it was named
 * @param routes the route files under test, and directories of them
 * @param properties settings of the router, and what placeholders in the routes stand for
 * @param replace what takes the place of endpoints, by patterns of endpoint URIs
 * @param allow schemes of endpoints that the tests have as they are
 * @param stubs what stands for the servers, by name
 */
public record TestFile(
    Path path,
    List<Path> routes,
    Map<String, String> properties,
    Map<String, Replacement> replace,
    Set<String> allow,
    Map<String, Stub> stubs,
    List<RouteTest> tests) {
  public TestFile {
    routes = List.copyOf(routes);
    allow = Set.copyOf(allow);
  }

  /**
   * What takes the place of an endpoint.
   *
   * @param uri its URI
   * @param at where the file says it
   */
  public record Replacement(String uri, SourceLocation at) {}

  /** What the name of such a file ends with. */
  public static final String SUFFIX = ".test.yaml";

  /** A file as it was read: its tests, or what is wrong with it. */
  public sealed interface Read {}

  /** A file that can be run. */
  public record Accepted(TestFile file) implements Read {}

  /** A file that cannot, and why. */
  public record Refused(List<Fault> faults) implements Read {
    public Refused {
      faults = List.copyOf(faults);
    }
  }
}
