package io.mcprouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with one file of tests, and what goes with it. */
record RouteTests(Path directory) {
  /** Begins a file of tests that has a stub, and no route. */
  static final String SHOP = "servers: {shop: {tools: {find_order: [{text: shipped}]}}}\n";

  RouteTests with(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
    return this;
  }

  /** Runs tests of {@code orders.test.yaml}. */
  Ran run(String tests, String... options) throws IOException {
    with("orders.test.yaml", tests);
    String[] line = new String[options.length + 2];
    line[0] = "test";
    line[1] = directory.resolve("orders.test.yaml").toString();
    System.arraycopy(options, 0, line, 2, options.length);
    return Ran.command(line);
  }
}
