package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test of routes can reach, and what of the machine counts for it. */
class TestReachTest {
  @TempDir private Path directory;

  @Test
  void what_is_real_is_refused_and_its_options_are_not_told() throws IOException {
    Ran ran =
        tests()
            .with(
                "real.camel.yaml",
                route(
                        "a",
                        "direct:a",
                        "kafka:orders-calls?brokers=127.0.0.1:1&saslJaasConfig=geheim")
                    + route(
                        "b", "direct:b", "http://ada:geheim@127.0.0.1:1/orders?password=geheim"))
            .with(
                "more.camel.yaml",
                route("c", "file:c", "log:c") + route("d", "direct:d", "exec:ls"))
            .with(
                "mcp.camel.yaml", route("e", "direct:e", "mcp-http:other?url=http://127.0.0.1:1/"))
            .with("second.camel.yaml", route("f", "direct:f", "exec:ls"))
            .with(
                "third.camel.yaml", route("g", "direct:g", "http://ada:geheim@127.0.0.1:1/orders"))
            .run(
                """
                routes: [real.camel.yaml, more.camel.yaml, mcp.camel.yaml, second.camel.yaml, third.camel.yaml]
                tests: [{name: any, send: {to: "direct:a"}}]
                """);

    assertThat(ran.out())
        .contains(
            "real.camel.yaml:",
            ": the test would reach kafka:orders-calls; replace it",
            ": the test would reach file:c; replace it",
            ": the test would reach exec:ls; replace it",
            ": the test would reach http://127.0.0.1:1/orders; replace it",
            ": the test would reach mcp-http:other; write a stub 'other'",
            "0 passed, 1 failed")
        .doesNotContain("geheim");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void what_is_real_is_refused_while_a_test_runs_also_where_the_route_goes_on() throws IOException {
    Ran ran =
        tests()
            .with(
                "dynamic.camel.yaml",
                """
                - route:
                    id: dynamic
                    from:
                      uri: direct:dynamic
                      steps:
                        - doTry:
                            steps:
                              - toD: "http://127.0.0.1:1/${body}"
                            doCatch:
                              - exception: [java.lang.Exception]
                                steps:
                                  - log: "caught"
                """)
            .run(
                """
                route: dynamic.camel.yaml
                tests:
                  - {name: one, send: {to: "direct:dynamic", body: a}}
                  - {name: other, send: {to: "http://127.0.0.1:1/b"}, expect: {error: replace}}
                """);

    assertThat(ran.lines())
        .anyMatch(line -> line.contains(":3:5: the test would reach http://127.0.0.1:1; replace"))
        .anyMatch(line -> line.contains(":4:5: the test would reach http://127.0.0.1:1/b; replace"))
        .contains("0 passed, 2 failed");
  }

  @Test
  void files_and_programs_are_there_where_the_file_allows_them() throws IOException {
    Ran ran =
        tests()
            .with(
                "files.camel.yaml",
                route("a", "direct:a", "file:" + directory.resolve("out") + "?fileName=a.txt"))
            .run(
                """
                route: files.camel.yaml
                allow: [file]
                tests: [{name: any, send: {to: "direct:a", body: hello}}]
                """);

    assertThat(ran.lines()).last().isEqualTo("1 passed, 0 failed");
    assertThat(directory.resolve("out/a.txt")).hasContent("hello");
  }

  @Test
  void other_schemes_cannot_be_allowed() throws IOException {
    Ran ran =
        tests().run("allow: [kafka]\n" + RouteTests.SHOP + "tests: [{name: a, call: {tool: a}}]\n");

    assertThat(ran.out()).contains(":1:9: allow[0]: can be file or exec");
  }

  @Test
  void what_takes_a_place_is_not_replaced_again() throws IOException {
    Ran ran =
        tests()
            .with("all.camel.yaml", route("a", "timer:a?repeatCount=1", "kafka:orders"))
            .run(
                """
                route: all.camel.yaml
                replace: {"timer:*": "direct:in", "*": "mock:out"}
                tests:
                  - {name: any, send: {to: "mock:out", body: hello}, received: {"mock:out": [text: hello]}}
                """);

    assertThat(ran.lines()).last().isEqualTo("1 passed, 0 failed");
  }

  @Test
  void a_name_that_no_route_has_fails_the_file() throws IOException {
    Ran ran =
        tests()
            .with("orders.camel.yaml", route("a", "direct:a", "kafka:orders"))
            .run(
                """
                route: orders.camel.yaml
                replace:
                  kafka:orders: mock:dead
                  kafka:ordres: mock:other
                tests:
                  - name: nothing came
                    send: {to: "direct:a"}
                    received:
                      mock:deda: []
                """);

    assertThat(ran.out())
        .contains(
            "ok      nothing came",
            "FAILED  the endpoints that the file names are there",
            ":4:3: no route has an endpoint for 'kafka:ordres' under 'replace'",
            ":9:7: no route and no 'replace' has mock:deda; did you mean 'mock:dead'?",
            "1 passed, 1 failed");
  }

  @Test
  void properties_of_the_file_count_and_not_those_of_the_machine() throws IOException {
    System.setProperty("reach.greeting", "of the machine");
    System.setProperty("reach.missing", "of the machine");
    try {
      Ran ran =
          tests()
              .with(
                  "hello.camel.yaml",
                  """
                  - route:
                      id: hello
                      from:
                        uri: direct:hello
                        steps:
                          - setBody:
                              constant: "{{reach.greeting}}, {{reach.missing:default}}"
                  """)
              .run(
                  """
                  route: hello.camel.yaml
                  properties: {reach.greeting: hello}
                  tests: [{name: any, send: {to: "direct:hello"}, expect: {text: "hello, default"}}]
                  """);

      assertThat(ran.lines()).last().isEqualTo("1 passed, 0 failed");
    } finally {
      System.clearProperty("reach.greeting");
      System.clearProperty("reach.missing");
    }
  }

  @Test
  void variables_of_the_machine_are_not_there_for_stubs() throws IOException {
    Ran ran =
        tests()
            .run(
                """
                servers:
                  shop:
                    template: [{retry: {delay: "${PATH}"}}]
                    tools: {find_order: [{text: shipped}]}
                tests: [{name: any, call: {tool: shop/find_order}}]
                """);

    assertThat(ran.out()).contains("PATH").doesNotContain(System.getenv("PATH"));
    assertThat(ran.exit()).isOne();
  }

  private RouteTests tests() {
    return new RouteTests(directory);
  }

  private static String route(String id, String from, String to) {
    return """
    - route:
        id: %s
        from:
          uri: "%s"
          steps:
            - to: "%s"
    """
        .formatted(id, from, to);
  }
}
