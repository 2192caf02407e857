package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test of routes sees, and how what goes wrong is told. */
class TestOutcomeTest {
  @TempDir private Path directory;

  @Test
  void what_comes_behind_the_answer_counts_for_its_own_test() throws IOException {
    Ran ran =
        tests()
            .with(
                "late.camel.yaml",
                """
                - route:
                    id: tapped
                    from:
                      uri: mcp-tool:tapped
                      steps:
                        - wireTap: {uri: "direct:late"}
                        - setBody: {constant: "done"}
                - route:
                    id: queued
                    from:
                      uri: mcp-tool:queued
                      steps:
                        - to: "seda:late"
                        - setBody: {constant: "done"}
                - route:
                    id: queue
                    from:
                      uri: seda:late
                      steps:
                        - to: "direct:late"
                - route:
                    id: late
                    from:
                      uri: direct:late
                      steps:
                        - delay: {constant: "150"}
                        - to: "mcp-call:shop/find_order"
                        - to: "mock:late"
                """)
            .run(
                """
                route: late.camel.yaml
                servers: {shop: {tools: {find_order: [{text: shipped, delay: 100}]}}}
                tests:
                  - {name: one, call: {tool: routes/tapped}, calls: [], received: {"mock:late": []}}
                  - {name: two, call: {tool: routes/queued}, calls: [], received: {"mock:late": []}}
                  - {name: three, call: {tool: shop/find_order}, calls: [shop/find_order], received: {"mock:late": []}}
                  - {name: four, call: {tool: routes/queued}, calls: [shop/find_order], received: {"mock:late": [text: shipped]}}
                """);

    assertThat(ran.lines())
        .anyMatch(line -> line.startsWith("FAILED  one"))
        .anyMatch(line -> line.startsWith("FAILED  two"))
        .anyMatch(line -> line.startsWith("ok      three"))
        .anyMatch(line -> line.startsWith("ok      four"))
        .anyMatch(line -> line.contains("expected 0 calls, but got [shop/find_order {}]"))
        .anyMatch(line -> line.contains("expected 0 messages at mock:late, but got [\"shipped\"]"));
  }

  @Test
  void what_does_not_end_fails_the_test_that_began_it() throws IOException {
    Ran ran =
        tests()
            .with(
                "stuck.camel.yaml",
                """
                - route:
                    id: stuck
                    from:
                      uri: mcp-tool:stuck
                      steps:
                        - wireTap: {uri: "direct:stuck"}
                        - setBody: {constant: "done"}
                - route:
                    id: slow
                    from:
                      uri: direct:stuck
                      steps:
                        - to: "mcp-call:shop/find_order"
                """)
            .run(
                """
                route: stuck.camel.yaml
                servers: {shop: {tools: {find_order: [{text: shipped, delay: 7000}]}}}
                tests: [{name: one, call: {tool: routes/stuck}, calls: [shop/find_order]}]
                """);

    assertThat(ran.out()).contains(":3:9: something is still under way 5 s afterwards");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void one_test_that_cannot_be_run_leaves_the_others_and_the_report() throws IOException {
    Path report = directory.resolve("target/reports/routes.xml");
    Ran ran =
        tests()
            .run(
                RouteTests.SHOP
                    + """
                      tests:
                        - {name: one, send: {to: "drect:orders"}}
                        - {name: two, call: {tool: shop/find_order}}
                      """,
                "--junit",
                report.toString());

    assertThat(ran.lines())
        .anyMatch(line -> line.contains(":3:5: the test cannot be run: ") && line.contains("drect"))
        .anyMatch(line -> line.startsWith("ok      two"))
        .last()
        .isEqualTo("1 passed, 1 failed");
    assertThat(report).content().contains("tests=\"2\" failures=\"1\"");
  }

  @Test
  void a_report_that_cannot_be_written_is_told_behind_the_results() throws IOException {
    tests().with("target", "a file");
    Path report = directory.resolve("target/routes.xml");
    Ran ran =
        tests()
            .run(
                RouteTests.SHOP + "tests: [{name: one, call: {tool: shop/find_order}}]\n",
                "--junit",
                report.toString());

    assertThat(ran.lines()).last().isEqualTo("1 passed, 0 failed");
    assertThat(ran.err()).startsWith("--junit: " + report + " cannot be written: ");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void a_stub_refuses_what_its_schema_does() throws IOException {
    Ran ran =
        tests()
            .run(
                """
                servers:
                  shop:
                    tools:
                      find_order:
                        inputSchema: {type: object, properties: {id: {type: string}}, required: [id]}
                        answers: [{text: shipped}]
                tests:
                  - {name: right, call: {tool: shop/find_order, arguments: {id: "A-1"}}}
                  - {name: wrong, call: {tool: shop/find_order, arguments: {id: 7}}, expect: {error: "no answer"}}
                """);

    assertThat(ran.lines())
        .anyMatch(line -> line.startsWith("ok      right"))
        .anyMatch(
            line ->
                line.contains(
                        ":4:7: expected an answer that fits the call shop/find_order {\"id\":7}; ")
                    && line.contains("string expected"))
        .contains("1 passed, 1 failed");
  }

  @Test
  void of_headers_those_are_shown_that_were_asked_for_and_of_causes_the_last() throws IOException {
    Ran ran =
        tests()
            .with(
                "headers.camel.yaml",
                """
                - route:
                    id: headers
                    from:
                      uri: direct:headers
                      steps:
                        - setHeader: {name: Authorization, constant: geheim}
                        - setHeader: {name: colour, constant: red}
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - bean: {beanType: io.mcprouter.cli.TestOutcomeTest$Broken}
                """)
            .run(
                """
                route: headers.camel.yaml
                tests:
                  - {name: a, send: {to: "direct:headers"}, expect: {headers: {colour: blue}}}
                  - {name: b, send: {to: "direct:broken"}, expect: {error: "outer: inner"}}
                """);

    assertThat(ran.out())
        .contains("expected headers {\"colour\":\"blue\"}, but got {\"colour\":\"red\"}")
        .contains("ok      b")
        .doesNotContain("geheim");
  }

  /** Fails for a reason that stands behind another. */
  public static final class Broken {
    /** Never returns. */
    public String fail() {
      throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
    }
  }

  @Test
  void recorded_calls_of_another_server_are_not_taken() throws IOException {
    Files.writeString(
        directory.resolve("calls.jsonl"),
        """
        {"server":"other","tool":"find_order","outcome":"ok","arguments":{},"result":{"content":[{"type":"text","text":"other"}]}}
        {"server":"shop","tool":"find_order","outcome":"ok","arguments":{},"result":{"content":[{"type":"text","text":"shop"}]}}
        """);
    Ran ran =
        tests()
            .run(
                """
                servers: {shop: {recorded: calls.jsonl}}
                tests: [{name: own, call: {tool: shop/find_order}, expect: {text: shop}}]
                """);
    Ran none =
        tests()
            .run(
                """
                servers: {store: {recorded: calls.jsonl}}
                tests: [{name: own, call: {tool: store/find_order}}]
                """);

    assertThat(ran.lines()).last().isEqualTo("1 passed, 0 failed");
    assertThat(none.out()).contains("has no call of the server 'store'");
  }

  private RouteTests tests() {
    return new RouteTests(directory);
  }
}
