package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of routes that are run on the command line. */
class TestCommandTest {
  private static final String ROUTE =
      """
      - route:
          id: order-status
          from:
            uri: mcp-tool:order_status
            parameters:
              description: "Tells where an order is."
              parameter.id: string
              parameter.id.required: true
            steps:
              - to:
                  uri: mcp-call:shop/find_order
                  parameters:
                    arguments: headers
              - setBody:
                  simple: "Order ${header.id} of ${header.CamelMcpUser}: ${body}"
      """;
  private static final String SHOP =
      """
      route: order-tool.camel.yaml
      servers:
        shop:
          tools:
            find_order:
              inputSchema: {type: object, properties: {id: {type: string}}}
              annotations: {readOnlyHint: true}
              answers:
                - when: {id: "A-1"}
                  text: "shipped"
                - when: {id: "A-2"}
                  text: "no such order"
                  isError: true
      tests:
      """;

  @TempDir private Path directory;

  @Test
  void a_tool_is_called_and_so_is_the_stub_behind_it() throws IOException {
    Ran ran =
        run(
            SHOP
                + """
                  - name: an order is found
                    call: {tool: routes/order_status, arguments: {id: "A-1"}, user: ada}
                    expect: {text: "Order A-1 of ada: shipped", isError: false}
                    calls:
                      - shop/find_order: {id: "A-1"}
                  - name: the public name is right as well
                    call: {tool: routes__order_status, arguments: {id: "A-1"}}
                    expect: {contains: "shipped", matches: "Order A-1 .*"}
                  - name: an order is not there
                    call: {tool: routes/order_status, arguments: {id: "A-2"}}
                    expect: {isError: true}
                    calls: [shop/find_order]
                """);

    assertThat(ran.lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("ok {6}an order is found \\(\\d+ ms\\)"),
            line -> assertThat(line).startsWith("ok      the public name"),
            line -> assertThat(line).startsWith("ok      an order is not there"),
            line -> assertThat(line).isEqualTo("3 passed, 0 failed"));
    assertThat(ran.exit()).isZero();
  }

  @Test
  void a_failure_says_what_was_expected_what_came_and_the_line() throws IOException {
    Ran ran =
        run(
            SHOP
                + """
                  - name: text
                    call: {tool: routes/order_status, arguments: {id: "A-1"}, user: ada}
                    expect: {text: "lost"}
                  - name: calls
                    call: {tool: routes/order_status, arguments: {id: "A-1"}}
                    calls:
                      - shop/find_order: {id: "B"}
                      - shop/find_order
                  - name: an error that nobody expects
                    call: {tool: routes/order_status, arguments: {id: "A-2"}}
                  - name: a failure that nobody expects
                    call: {tool: routes/none}
                """);

    Path file = directory.resolve("orders.test.yaml");
    assertThat(ran.lines())
        .contains(
            "  " + file + ":17:14: expected text \"lost\", but got \"Order A-1 of ada: shipped\"",
            "  "
                + file
                + ":21:9: expected the call shop/find_order {\"id\":\"B\"},"
                + " but got shop/find_order {\"id\":\"A-1\"}",
            "  " + file + ":22:9: expected 2 calls, but got [shop/find_order {\"id\":\"A-1\"}]",
            "0 passed, 4 failed")
        .anyMatch(line -> line.contains(":23:5: expected no error"))
        .anyMatch(line -> line.contains(":25:5: expected an answer, but got the failure: "));
    assertThat(ran.exit()).isOne();
  }

  @Test
  void a_call_that_no_answer_fits_fails_and_says_what_came() throws IOException {
    Ran ran =
        run(
            SHOP
                + """
                  - name: another order
                    call: {tool: routes/order_status, arguments: {id: "A-9"}}
                    expect: {error: "no answer"}
                """);

    assertThat(ran.out())
        .contains(":5:7: expected an answer that fits the call shop/find_order {\"id\":\"A-9\"}");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void answers_are_those_that_were_recorded() throws IOException {
    Files.writeString(
        directory.resolve("shop.jsonl"),
        """
        {"tool":"find_order","outcome":"ok","arguments":{"id":"A-1"},"messages":[],"result":{"content":[{"type":"text","text":"packed"}]}}
        {"tool":"find_order","outcome":"ok","arguments":{"id":"A-1"},"messages":[],"result":{"content":[{"type":"text","text":"shipped"}]}}
        {"tool":"find_order","outcome":"connection_lost","arguments":{"id":"B"},"messages":[],"failure":"gone"}
        """);
    Ran ran =
        run(
            """
            servers:
              shop:
                recorded: shop.jsonl
            tests:
              - name: the first of its kind
                call: {tool: shop/find_order, arguments: {id: "A-1"}}
                expect: {text: packed}
              - name: a failure
                call: {tool: shop/find_order, arguments: {id: B}}
                expect: {error: "connection_lost"}
              - name: other arguments
                call: {tool: shop/find_order, arguments: {id: "A-1", all: true}}
                expect: {error: "no answer"}
            """);

    assertThat(ran.lines())
        .anyMatch(line -> line.startsWith("ok      the first"))
        .anyMatch(line -> line.startsWith("ok      a failure"))
        .anyMatch(line -> line.endsWith("{\"id\":\"A-1\",\"all\":true}"))
        .contains("2 passed, 1 failed");
  }

  @Test
  void a_guardrail_is_tested_with_a_server_that_fails_at_first() throws IOException {
    Ran ran =
        run(
            """
            servers:
              shop:
                template:
                  - retry: {delay: 1}
                tools:
                  find_order:
                    annotations: {readOnlyHint: true}
                    answers:
                      - failure: connection_lost
                        times: 2
                      - text: shipped
            tests:
              - name: the third attempt
                call: {tool: shop/find_order, arguments: {id: "A-1"}}
                expect: {text: shipped}
                calls: [shop/find_order, shop/find_order, shop/find_order: {id: "A-1"}]
              - name: and again
                call: {tool: shop/find_order}
                calls: [shop/find_order, shop/find_order, shop/find_order]
            """);

    assertThat(ran.lines()).last().isEqualTo("2 passed, 0 failed");
  }

  @Test
  void messages_are_sent_and_received_without_their_broker() throws IOException {
    Files.writeString(
        directory.resolve("order-tool.camel.yaml"),
        Files.readString(Path.of("routes/examples/calls-from-kafka.camel.yaml")));
    Ran ran =
        run(
            """
            route: order-tool.camel.yaml
            replace:
              kafka:orders-calls: direct:orders
              kafka:orders-answers: mock:answers
              kafka:orders-dead: mock:dead
            servers:
              shop:
                tools:
                  find_order:
                    - text: shipped
            tests:
              - name: a record is answered
                send:
                  to: direct:orders
                  body: {id: "1", server: shop, tool: find_order, arguments: {id: "A-1"}}
                calls:
                  - shop/find_order: {id: "A-1"}
                received:
                  mock:answers:
                    - structured: {id: "1", status: ok}
                  mock:dead: []
              - name: a call that cannot be made is kept
                send: {to: "direct:orders", body: {id: "2", server: none, tool: none}}
                received:
                  mock:answers:
                    - contains: '"id":"2"'
                  mock:dead:
                    - structured: {id: "3"}
            """);

    assertThat(ran.lines())
        .anyMatch(line -> line.startsWith("ok      a record is answered"))
        .anyMatch(line -> line.contains(":28:11: expected structured {\"id\":\"3\"}, but got {"));
  }

  @Test
  void what_is_wrong_in_the_file_is_said_with_its_place() throws IOException {
    Ran ran =
        run(
            """
            rout: order-tool.camel.yaml
            servers:
              shop:
                tools:
                  find_order:
                    - when: {id: 1}
            tests:
              - name: wrong
                call: {tool: a, prompt: b}
                calls: [shp/find_order, shop/find_ordr]
            """);

    Path file = directory.resolve("orders.test.yaml");
    assertThat(ran.out())
        .contains(
            file + ":1:1: rout: is no known key; did you mean 'route'?",
            file + ":6:11: servers.shop.tools.find_order[0]: must say one of",
            file + ":9:11: tests[0].call: must name one tool, prompt or resource",
            "did you mean 'shop'?",
            "did you mean 'find_order'?");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void a_guardrail_that_is_not_there_and_a_route_that_is_wrong_are_said() throws IOException {
    Files.writeString(
        directory.resolve("order-tool.camel.yaml"), ROUTE.replace("setBody", "setBodi"));
    Ran ran =
        run(
            """
            route: order-tool.camel.yaml
            servers:
              shop:
                template: retri
                tools: {find_order: [{text: shipped}]}
            tests: [{name: any, call: {tool: shop/find_order}}]
            """);

    assertThat(ran.out())
        .contains(
            "orders.test.yaml:4:15: servers.shop.template: 'retri' is no known route template")
        .contains("order-tool.camel.yaml:14:")
        .contains("setBodi");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void what_is_wrong_with_a_guardrail_is_said_where_it_is_named() throws IOException {
    Ran ran =
        run(
            """
            servers:
              shop:
                tools: {find_order: [{text: shipped}]}
              other:
                template:
                  - circuit-breaker
                  - retry: {atempts: 4}
                tools: {find_order: [{text: shipped}]}
            tests: [{name: any, call: {tool: shop/find_order}}]
            """);

    assertThat(ran.out())
        .contains("orders.test.yaml:7:9: servers.other.template: 'retry' has no parameter");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void an_entry_s_limit_that_cannot_be_is_said_where_it_stands() throws IOException {
    Ran ran =
        run(
            """
            servers:
              shop:
                tools: {find_order: [{text: shipped}]}
                timeout: -5
            tests: [{name: any, call: {tool: shop/find_order}}]
            """);

    assertThat(ran.out()).contains("orders.test.yaml:4:5: servers.shop.timeout: ");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void several_files_of_routes_are_under_test() throws IOException {
    Files.writeString(
        directory.resolve("hello.camel.yaml"),
        """
        - route:
            id: hello
            from:
              uri: mcp-tool:hello
              steps:
                - setBody:
                    constant: "Hello"
        """);
    Ran ran =
        run(
            """
            routes: [order-tool.camel.yaml, hello.camel.yaml]
            servers:
              shop: {tools: {find_order: {inputSchema: {type: object}, answers: [{text: shipped}]}}}
            tests:
              - {name: one, call: {tool: routes/hello}, expect: {text: Hello}}
              - {name: other, call: {tool: routes/order_status, arguments: {id: "7"}}}
            """);

    assertThat(ran.out()).contains("2 passed, 0 failed");
  }

  @Test
  void a_file_of_several_that_is_not_there_is_said_where_it_is_named() throws IOException {
    Ran ran =
        run(
            "route: order-tool.camel.yaml\nroutes:\n  - none.camel.yaml\ntests: [{name: any, call: {tool: shop/find_order}}]\n");

    assertThat(ran.out()).contains("orders.test.yaml:3:5: routes[0]: there is no none.camel.yaml");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void settings_and_variables_of_the_machine_do_not_count() throws Exception {
    Path settings = Files.createDirectory(directory.resolve("config")).resolve("application.yaml");
    Files.writeString(settings, "mcp-router: {port: no-port, no-such-setting: 1}\n");
    Files.writeString(directory.resolve("config/mcp-servers.yaml"), "no servers file\n");
    Files.writeString(
        directory.resolve("orders.test.yaml"),
        """
        servers: {shop: {tools: {find_order: [{text: shipped}]}}}
        tests:
          - {name: right, call: {tool: shop/find_order}, expect: {text: shipped}}
        """);
    Map<String, String> variables =
        Map.of("MCP_ROUTER_MAX_MESSAGE_SIZE", "nonsense", "SPRING_PROFILES_ACTIVE", "other");

    try (JavaProcess test = JavaProcess.start(directory, variables, "test", "orders.test.yaml")) {
      assertThat(test.lineWith("passed")).isEqualTo("1 passed, 0 failed");
      assertThat(test.exitCode()).isZero();
    }
  }

  @Test
  void results_are_written_for_build_servers() throws IOException {
    Files.writeString(
        directory.resolve("orders.test.yaml"),
        """
        servers:
          shop: {tools: {find_order: [{text: shipped}]}}
        tests:
          - {name: right, call: {tool: shop/find_order}, expect: {text: shipped}}
          - {name: "<wrong>", call: {tool: shop/find_order}, expect: {text: lost}}
        """);
    Path report = directory.resolve("report.xml");

    Ran ran = Ran.command("test", directory.toString(), "--junit", report.toString());

    assertThat(ran.exit()).isOne();
    assertThat(report)
        .content()
        .contains("tests=\"2\" failures=\"1\"")
        .contains("name=\"&lt;wrong&gt;\"")
        .contains("<failure message=\"expected text");
  }

  @Test
  void without_a_test_the_command_line_is_wrong() {
    assertThat(Ran.command("test", directory.toString()).exit()).isEqualTo(2);
    assertThat(Ran.command("test", directory.resolve("none").toString()).exit()).isEqualTo(2);
  }

  private Ran run(String tests) throws IOException {
    Path route = directory.resolve("order-tool.camel.yaml");
    if (Files.notExists(route)) {
      Files.writeString(route, ROUTE);
    }
    Path file = Files.writeString(directory.resolve("orders.test.yaml"), tests);
    return Ran.command("test", file.toString());
  }
}
