package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router in a process of its own, and the commands that talk to it. */
class RunProcessTest {
  private static final Pattern READY =
      Pattern.compile(
          "mcp-router ready: MCP at (http://127\\.0\\.0\\.1:\\d+/mcp), control at"
              + " (http://127\\.0\\.0\\.1:\\d+/)");

  @TempDir Path directory;

  @Test
  void a_newcomer_runs_the_router_calls_the_demo_server_and_stops_it() throws Exception {
    try (JavaProcess router = JavaProcess.start(directory, "--port", "0", "--console-port", "0")) {
      Matcher ready = READY.matcher(router.lineWith("mcp-router"));
      assertThat(ready.matches()).as(router.errors()).isTrue();
      String url = ready.group(1);

      List<String> call = new ArrayList<>(Readme.firstCall());
      call.addAll(List.of("--url", url));
      assertThat(Ran.command(call.toArray(String[]::new)))
          .isEqualTo(new Ran(0, "hello" + System.lineSeparator(), ""));
      theCommandsWork(url, ready.group(2));
      assertThat(router.errors()).contains("Server 'demo': connected over stdio");

      List<ProcessHandle> children = router.children().toList();
      assertThat(children).isNotEmpty();
      router.terminate();
      router.exitCode();
      assertThat(router.line()).as("only one line on standard output").isNull();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static void theCommandsWork(String url, String controlUrl) {
    assertThat(Ran.command("list", "--url", url).lines())
        .anyMatch(line -> line.startsWith("demo__echo "));
    assertThat(Ran.command("list", "resources", "--url", url).out()).contains("demo://welcome");

    Ran sum = Ran.command("call", "demo__add", "a=1.10", "b=2", "--url", url, "--raw");
    assertThat(sum.out()).contains("\"structuredContent\":{\"sum\":3.10}");

    Ran counted = Ran.command("call", "demo__count", "--json", "{\"to\":2}", "--url", url);
    assertThat(counted.out()).contains("Counted to 2.");
    assertThat(counted.err()).contains("1/2 Counted 1 of 2", "2/2 Counted 2 of 2");

    Ran failed = Ran.command("call", "demo__time", "zone=Mars", "--url", url);
    assertThat(failed.exit()).isOne();
    assertThat(failed.err()).contains("no such time zone");

    Ran unknown = Ran.command("call", "demo__ecko", "--url", url, "--user", "ada");
    assertThat(unknown.exit()).isOne();
    assertThat(unknown.err()).contains("demo__ecko. Did you mean 'demo__echo'?");

    Ran slip = Ran.command("call", "demo__echo", "mesage=hi", "--url", url);
    assertThat(slip.exit()).isOne();
    assertThat(slip.err())
        .contains("demo__echo names no argument 'mesage'; did you mean 'message'?");

    Ran control = Ran.command("list", "--url", controlUrl + "mcp");
    assertThat(control.exit()).isOne();
    assertThat(control.err()).contains("is no MCP endpoint; are the port and the path right?");

    Ran elsewhere = Ran.command("list", "--url", url.replace("/mcp", "/nothing"));
    assertThat(elsewhere.exit()).isOne();
    assertThat(elsewhere.err()).contains("404");
  }

  @Test
  void a_port_that_is_taken_is_told_with_what_to_do() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertFails(List.of("--port", port, "--console-port", "0"), "is taken", "--port");
      assertFails(
          List.of("--port", "0", "--console-port", port),
          "The port for the control plane, " + port + ", is taken.",
          "--console-port");
    }
  }

  @Test
  void a_setting_that_nothing_can_work_with_is_told_by_its_key() throws Exception {
    List<String> ports = List.of("--port", "0", "--console-port", "0");
    assertFails(
        Stream.concat(ports.stream(), Stream.of("--mcp-router.sessions.max=-1")).toList(),
        "mcp-router.sessions.max must be at least 1, but is -1.",
        "command line");
    assertFails(
        List.of("--port", "99999", "--console-port", "0"),
        "mcp-router.port must be a number from 0 to 65535, but is 99999.",
        "command line");
  }

  @Test
  void a_wrong_file_stops_a_strict_start() throws Exception {
    Files.writeString(directory.resolve("wrong.yaml"), "mcpServers:\n  one: {comand: x}\n");

    assertFails(
        List.of("--config", "wrong.yaml", "--strict", "--port", "0", "--console-port", "0"),
        "wrong.yaml:2:9: one.comand",
        "mcp-router validate");
  }

  @Test
  void other_machines_are_not_let_in_without_authentication() throws Exception {
    assertFails(
        List.of("--mcp-router.host=0.0.0.0", "--port", "0", "--console-port", "0"),
        "which other machines can reach",
        "127.0.0.1");
  }

  @Test
  void a_setting_that_there_is_not_stops_the_start_and_the_nearest_one_is_named() throws Exception {
    assertFails(
        List.of("--mcp-router.sesions.idle=5m", "--port", "0", "--console-port", "0"),
        "no setting mcp-router.sesions.idle",
        "Write mcp-router.sessions.idle");
  }

  @Test
  void a_setting_in_the_file_that_there_is_not_stops_the_start_too() throws Exception {
    Files.writeString(directory.resolve("application.yaml"), "mcp-router:\n  prot: 0\n");

    assertFails(
        List.of("--port", "0", "--console-port", "0"),
        "no setting mcp-router.prot",
        "Write mcp-router.port");
  }

  @Test
  void a_servers_file_that_is_named_must_be_there_also_where_it_is_the_default_one()
      throws Exception {
    assertFails(
        List.of("--mcp-router.servers-file=config/mcp-servers.yaml", "--console-port", "0"),
        "config/mcp-servers.yaml does not exist",
        "--config");
  }

  @Test
  void a_servers_file_that_comes_later_takes_the_place_of_the_demo_server() throws Exception {
    try (JavaProcess router = JavaProcess.start(directory, "--port", "0", "--console-port", "0")) {
      Matcher ready = READY.matcher(router.lineWith("mcp-router"));
      assertThat(ready.matches()).as(router.errors()).isTrue();
      String url = ready.group(1);
      assertThat(Ran.command("list", "--url", url).out()).contains("demo__echo");

      Path file = Files.createDirectory(directory.resolve("config")).resolve("mcp-servers.yaml");
      Files.writeString(file, "mcpServers: {own: {command: mcp-router, args: [demo-server]}}");

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(Ran.command("list", "--url", url).out())
                      .contains("own__echo")
                      .doesNotContain("demo__echo"));
    }
  }

  private void assertFails(List<String> args, String description, String action)
      throws IOException, InterruptedException {
    try (JavaProcess router = JavaProcess.start(directory, args.toArray(String[]::new))) {
      assertThat(router.line()).isNull();
      assertThat(router.exitCode()).isOne();
      assertThat(router.errors())
          .containsSubsequence("Description:", description, "Action:", action)
          .doesNotContain("\tat ");
    }
  }
}
