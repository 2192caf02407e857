package io.mcprouter.transport.stdio;

import static io.mcprouter.transport.stdio.StdioCamel.list;
import static io.mcprouter.transport.stdio.StdioCamel.member;
import static io.mcprouter.transport.stdio.StdioCamel.result;
import static io.mcprouter.transport.stdio.StdioCamel.target;
import static io.mcprouter.transport.stdio.StdioCamel.tool;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.ProcessTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StdioCallTest {
  private static final ProcessTarget RAW = target(RawServer.command());
  private final StdioCamel camel = new StdioCamel();

  @BeforeEach
  void addRoute() throws Exception {
    camel.route("raw", "mcp-stdio:raw?closeWait=10000");
  }

  @AfterEach
  void stop() {
    camel.close();
  }

  private Frame call(String body) throws Exception {
    return camel.call("raw", RAW, body).get(30, SECONDS);
  }

  @Test
  void a_plain_route_calls_a_tool_and_gets_the_result_as_written() throws Exception {
    Frame reply =
        call("{\"name\":\"echo\", \"arguments\":{\"n\":1.10,\"big\":12345678901234567890.123}}");

    assertThat(new String(reply.bytes(), StandardCharsets.UTF_8))
        .endsWith(
            "\"result\":{\"name\":\"echo\", \"arguments\":"
                + "{\"n\":1.10,\"big\":12345678901234567890.123}}}");
  }

  @Test
  void the_uri_alone_describes_a_server() throws Exception {
    List<String> command = RawServer.command();
    StringBuilder uri = new StringBuilder("mcp-stdio:a%20name?command=" + command.getFirst());
    Stream.concat(command.stream().skip(1), Stream.of("a,b", "c d"))
        .forEach(arg -> uri.append("&args=RAW(").append(arg).append(')'));
    uri.append("&env.OF_THE_ENDPOINT=some value&stderr=ignore");
    camel.route("uri", uri.toString());

    assertThat(list(camel.call("uri", null, tool("args")).get(30, SECONDS)))
        .containsExactly("a,b", "c d");
    assertThat(list(camel.call("uri", null, tool("value")).get(30, SECONDS)))
        .containsExactly("some value");
  }

  @Test
  void a_server_made_with_the_official_sdk_reads_a_file(@TempDir Path docs) throws Exception {
    Path file = Files.writeString(docs.toRealPath().resolve("note.txt"), "from the file");
    Path server =
        Path.of("src/test/node/node_modules/@modelcontextprotocol/server-filesystem/dist/index.js");
    camel.route(
        "files",
        "mcp-stdio:files?command=node&args=%s,%s&stderr=pipe"
            .formatted(server.toAbsolutePath(), docs.toRealPath()));

    Frame reply =
        camel
            .call(
                "files",
                null,
                "{\"name\":\"read_text_file\",\"arguments\":{\"path\":\"" + file + "\"}}")
            .get(30, SECONDS);

    assertThat(result(reply).json()).contains("from the file");
  }

  @Test
  void commas_separate_arguments_that_hold_none() {
    StdioConfiguration configuration = new StdioConfiguration();
    configuration.setCommand("npx");
    configuration.setArgs("-y,@modelcontextprotocol/server-filesystem,/docs");

    assertThat(configuration.target().command())
        .containsExactly("npx", "-y", "@modelcontextprotocol/server-filesystem", "/docs");
  }

  @Test
  void concurrent_calls_each_get_their_own_answer_in_any_order() {
    List<CompletableFuture<Frame>> calls =
        Stream.generate(() -> camel.call("raw", RAW, tool("together"))).limit(5).toList();

    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();

    assertThat(calls)
        .allSatisfy(
            call -> {
              Frame reply = call.join();
              assertThat(member(reply, "for").bytes()).isEqualTo(reply.id());
            });
    assertThat(calls).extracting(call -> call.join().numericId()).doesNotHaveDuplicates();
  }

  @Test
  void big_messages_go_both_ways_at_once() {
    String big = "{\"name\":\"echo\",\"arguments\":{\"text\":\"" + "ä".repeat(1 << 20) + "\"}}";
    List<CompletableFuture<Frame>> calls =
        Stream.of(big, tool("big"), big, tool("big"), big)
            .map(body -> camel.call("raw", RAW, body))
            .toList();

    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();

    assertThat(new String(result(calls.get(4).join()).bytes(), StandardCharsets.UTF_8))
        .isEqualTo(big);
    assertThat(result(calls.get(3).join()).string("text")).hasSize(3 << 20);
  }

  @Test
  void pretty_printed_input_reaches_the_server_as_one_line() throws Exception {
    Frame reply = call("{\r\n  \"name\": \"echo\",\n  \"arguments\": {\n \"a\\nb\": [\n1\n]}\n}");

    assertThat(new String(result(reply).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{    \"name\": \"echo\",   \"arguments\": {  \"a\\nb\": [ 1 ]} }");
  }

  @Test
  void lines_that_are_no_messages_are_skipped() throws Exception {
    assertThat(result(call(tool("noise"))).json()).isEqualTo("{}");
  }

  @Test
  void a_batch_is_taken_as_its_messages() throws Exception {
    assertThat(result(call(tool("batch"))).string("in")).isEqualTo("batch");
  }

  @Test
  void arguments_reach_the_program_literally() throws Exception {
    List<String> odd = List.of("; id", "$(id)", "`id`", "a\nb", "", "--exec=x", "'\"\\", "ä ");
    camel.route("odd", "mcp-stdio:odd");

    Frame reply =
        camel
            .call("odd", target(RawServer.command(), odd.toArray(String[]::new)), tool("args"))
            .get(30, SECONDS);

    assertThat(list(reply)).isEqualTo(odd);
  }

  @Test
  void the_child_gets_safe_variables_and_its_own_but_no_other(@TempDir Path cwd) throws Exception {
    ProcessTarget target =
        target(
            RawServer.command(),
            Map.of("OF_THE_ENDPOINT", "x"),
            cwd,
            new ProcessTarget.Stderr.Ignore());
    camel.route("env", "mcp-stdio:env");

    List<String> names = list(camel.call("env", target, tool("env")).get(30, SECONDS));

    assertThat(System.getenv().keySet())
        .as("this test needs a variable in its own environment that is not on the safe list")
        .anyMatch(name -> !safe(name));
    assertThat(names).contains("PATH", "OF_THE_ENDPOINT", "MCP_ROUTER_CHILD");
    assertThat(names)
        .filteredOn(name -> !name.equals("OF_THE_ENDPOINT") && !name.equals("MCP_ROUTER_CHILD"))
        .allMatch(StdioCallTest::safe);
    assertThat(list(camel.call("env", target, tool("cwd")).get(30, SECONDS)))
        .containsExactly(cwd.toRealPath().toString());
  }

  private static boolean safe(String name) {
    return name.startsWith("LC_")
        || List.of("HOME", "PATH", "SHELL", "TERM", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR")
            .contains(name);
  }
}
