package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of tests are run, and what is refused in them. */
class TestFileFaultsTest {
  @TempDir private Path directory;

  @Test
  void a_file_without_a_test_is_wrong() throws IOException {
    Ran ran = tests().run(RouteTests.SHOP + "tests: []\n");

    assertThat(ran.out()).contains("orders.test.yaml:2:1: tests: has no test; write one");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void what_must_be_an_object_is_refused_with_its_place() throws IOException {
    Ran ran =
        tests()
            .run(
                """
                servers:
                  shop:
                    tools:
                      find_order:
                        inputSchema: string
                        annotations: [readOnlyHint]
                        answers:
                          - {when: A-1, text: shipped}
                          - {result: shipped}
                tests:
                  - name: any
                    call: {tool: shop/find_order, arguments: A-1}
                    calls:
                      - {shop/find_order: {}, shop/find_order: {}}
                  - name: sent
                    send: {to: "direct:a", headers: [a]}
                    expect: {headers: a}
                    received: {"mock:": []}
                """);

    assertThat(ran.out())
        .contains(
            ":5:22: servers.shop.tools.find_order.inputSchema: must be an object, but is text",
            ":6:22: servers.shop.tools.find_order.annotations: must be an object, but is a list",
            ":8:20: servers.shop.tools.find_order.answers[0].when: must be an object",
            ":9:22: servers.shop.tools.find_order.answers[1].result: must be an object",
            "tests[0].call.arguments: must be an object",
            "orders.test.yaml:14:",
            "tests[1].send.headers: must be an object",
            "tests[1].expect.headers: must be an object",
            "must be a mock endpoint");
  }

  @Test
  void a_schema_that_is_none_is_refused() throws IOException {
    Ran ran =
        tests()
            .run(
                """
                servers:
                  shop:
                    tools:
                      find_order:
                        inputSchema: {$ref: "http://127.0.0.1:1/schema"}
                        answers: [{text: shipped}]
                tests: [{name: any, call: {tool: shop/find_order}}]
                """);

    assertThat(ran.out()).contains("find_order.inputSchema: is no usable JSON schema");
  }

  @Test
  void a_directory_is_no_file_and_a_file_is_run_once() throws IOException {
    Files.createDirectory(directory.resolve("old.test.yaml"));
    tests()
        .with(
            "a.test.yaml",
            RouteTests.SHOP + "tests: [{name: one, call: {tool: shop/find_order}}]\n");

    Ran ran =
        Ran.command(
            "test",
            directory.toString(),
            directory.resolve("a.test.yaml").toString(),
            directory.resolve("./a.test.yaml").toString());

    assertThat(ran.lines()).last().isEqualTo("1 passed, 0 failed");
  }

  @Test
  void a_run_that_is_stopped_leaves_nothing_behind() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    tests()
        .with(
            "a.test.yaml",
            """
            servers: {shop: {tools: {find_order: [{text: shipped, delay: 50000}]}}}
            tests: [{name: slow, call: {tool: shop/find_order}}]
            """)
        .with(
            "0.test.yaml",
            RouteTests.SHOP + "tests: [{name: first, call: {tool: shop/find_order}}]\n");
    Map<String, String> variables = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);

    try (JavaProcess test =
        JavaProcess.start(directory, variables, "test", "0.test.yaml", "a.test.yaml")) {
      test.lineWith("ok      first");
      test.terminate();
      test.exitCode();
    }

    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("mcp-router-test")))
          .isEmpty();
    }
  }

  private RouteTests tests() {
    return new RouteTests(directory);
  }
}
