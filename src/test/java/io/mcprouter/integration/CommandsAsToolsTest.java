package io.mcprouter.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers write reaches a program as one element or not at all, and its limits hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsAsToolsTest {
  private static final String TOOLS =
      """
      - beans:
          - name: printed
            type: io.mcprouter.integration.command.Command
            properties:
              arguments[0]: "--"
              arguments[1]: "[%s]"
              arguments[2]: "${header.text}"
              arguments[3]: "${header.more}"
          - name: bare
            type: io.mcprouter.integration.command.Command
            properties:
              arguments[0]: "${header.text}"
          - name: shell
            type: io.mcprouter.integration.command.Command
            properties:
              arguments[0]: "-c"
              arguments[1]: "SCRIPT"
              arguments[2]: "sh"
              arguments[3]: "${header.text}"
              maxBytes: 1000
              errorShown: true
              environment:
                GREETING: hello
          - name: quiet
            type: io.mcprouter.integration.command.Command
            properties:
              arguments[0]: "-c"
              arguments[1]: "echo the password is x >&2; exit 3"
      - route:
          id: quiet
          from:
            uri: mcp-tool:quiet
            parameters:
              server: programs
            steps:
              - to: "exec:/bin/sh?binding=#quiet&commandExecutor=#quiet"
      - route:
          id: print
          from:
            uri: mcp-tool:print
            parameters:
              server: programs
              parameter.text: string
              parameter.more: array
            steps:
              - to: "exec:/usr/bin/printf?binding=#printed&commandExecutor=#printed"
      - route:
          id: bare
          from:
            uri: mcp-tool:bare
            parameters:
              server: programs
              parameter.text: string
            steps:
              - to: "exec:echo?binding=#bare&commandExecutor=#bare"
      - route:
          id: script
          from:
            uri: mcp-tool:script
            parameters:
              server: programs
              parameter.text: string
            steps:
              - to: "exec:/bin/sh?binding=#shell&commandExecutor=#shell&timeout=2000&workingDir=DIRECTORY"
      """;

  /** What the author of the last tool wrote; its one argument chooses what happens. */
  private static final String SCRIPT =
      "case $1 in env) env;; pwd) pwd;; fail) echo no such day >&2; exit 3;;"
          + " flood) yes;; wait) sleep 60 & echo $! > pid; wait;;"
          + " leave) sleep 60 > /dev/null 2>&1 & echo $! > left;; esac";

  @TempDir private static Path directory;

  private RouterUnderTest router;
  private McpClient client;

  @BeforeAll
  void start() throws Exception {
    router = RouterUnderTest.start("mcpServers: {}");
    RouterRoutes.of(router)
        .load(TOOLS.replace("SCRIPT", SCRIPT).replace("DIRECTORY", directory.toString()));
    RouterRoutes.awaitServers(router, "programs");
  }

  @AfterAll
  void stop() {
    router.close();
  }

  @BeforeEach
  void connect() {
    client = McpClient.of(router).server("programs").user("ada").connect();
  }

  @AfterEach
  void leave() {
    client.close();
  }

  private static String json(Object value) throws Exception {
    return new ObjectMapper().writeValueAsString(value);
  }

  private Message script(String what) {
    return client.call("script", "{\"text\":\"" + what + "\"}");
  }

  private static void assertError(Message reply, String text) {
    assertThat(reply.result().path("isError").asBoolean()).as("%s", reply).isTrue();
    assertThat(reply.text()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "; rm -rf /",
        "$(touch pwned)",
        "`touch pwned`",
        "--option",
        "-x",
        "a b\tc",
        "line\nbreak",
        "\"quoted\" 'twice'",
        "${header.CamelMcpUser}",
        "{{env:HOME}}",
        "#bean:shell",
        "ü€😀"
      })
  void whatever_it_is_an_argument_is_one_element(String hostile) throws Exception {
    assertThat(client.say("print", json(Map.of("text", hostile)))).isEqualTo("[" + hostile + "]");
  }

  @Test
  void a_list_is_an_element_for_each_of_its_values() throws Exception {
    assertThat(client.say("print", "{\"text\":\"a\",\"more\":[\"b c\",\"--d\"]}"))
        .isEqualTo("[a][b c][--d]");
  }

  @Test
  void an_option_is_refused_where_one_could_be_given() {
    assertError(client.call("bare", "{\"text\":\"--help\"}"), "begins with '-'");
    assertThat(client.say("bare", "{\"text\":\"help\"}")).isEqualTo("help\n");
  }

  @Test
  void what_no_program_can_get_is_refused() throws Exception {
    assertError(client.call("print", json(Map.of("text", "x".repeat(1 << 20)))), "longer than");
    assertError(client.call("print", json(Map.of("text", "a\0b"))), "NUL");
  }

  @Test
  void the_program_knows_no_variable_of_the_router() {
    assertThat(script("env").text())
        .contains("GREETING=hello", "PATH=")
        .doesNotContainPattern(
            "(?m)^(?!(PATH|HOME|LANG|LC_ALL|TZ|GREETING|MCP_ROUTER_PROGRAM_RUN|PWD|OLDPWD|SHLVL|_)=)[A-Za-z_]+=");
  }

  @Test
  void it_runs_in_the_directory_that_the_route_names() throws Exception {
    assertThat(script("pwd").text().strip()).isEqualTo(directory.toRealPath().toString());
  }

  @Test
  void an_exit_value_that_is_not_expected_is_a_tool_error() {
    assertError(script("fail"), "exit value 3: no such day");
  }

  @Test
  void standard_error_is_not_told_unless_the_author_says_so() {
    assertThat(client.call("quiet", "{}").text()).endsWith("exit value 3");
  }

  /** As the page says: on Linux, by the environment that it inherited; elsewhere it lives on. */
  @Test
  void what_it_leaves_in_the_background_dies_with_it() throws Exception {
    assertThat(script("leave").result().path("isError").asBoolean()).isFalse();

    if (Files.isDirectory(Path.of("/proc/self"))) {
      assertGone("left");
    } else {
      assertThat(process("left")).hasValueSatisfying(ProcessHandle::destroyForcibly);
    }
  }

  private static Optional<ProcessHandle> process(String file) throws Exception {
    long process = Long.parseLong(Files.readString(directory.resolve(file)).strip());
    return ProcessHandle.of(process).filter(ProcessHandle::isAlive);
  }

  private static void assertGone(String file) {
    await().until(() -> process(file).isEmpty());
  }

  @Test
  void output_has_a_limit() {
    assertError(script("flood"), "wrote more than 1000 bytes");
  }

  @Test
  void time_has_a_limit_and_children_die_too() throws Exception {
    assertError(script("wait"), "longer than 2000 ms");

    assertGone("pid");
  }
}
