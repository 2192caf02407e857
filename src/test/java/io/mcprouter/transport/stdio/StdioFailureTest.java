package io.mcprouter.transport.stdio;

import static io.mcprouter.transport.stdio.StdioCamel.list;
import static io.mcprouter.transport.stdio.StdioCamel.result;
import static io.mcprouter.transport.stdio.StdioCamel.target;
import static io.mcprouter.transport.stdio.StdioCamel.tool;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.ProcessTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StdioFailureTest {
  private static final ProcessTarget RAW = target(RawServer.command());
  private final StdioCamel camel = new StdioCamel();

  @BeforeEach
  void addRoute() throws Exception {
    camel.route("raw", "mcp-stdio:raw?closeWait=200&maxMessageBytes=4194304");
  }

  @AfterEach
  void stop() {
    camel.close();
  }

  private McpFailure failure(ConnectionTarget target, String tool) {
    return camel
        .call("raw", target, tool(tool))
        .handle((reply, thrown) -> McpFailure.from(Objects.requireNonNull(thrown), "test"))
        .orTimeout(30, SECONDS)
        .join();
  }

  @Test
  void a_child_that_dies_fails_every_open_call_with_its_exit_code() throws Exception {
    camel.call("raw", RAW, tool("echo")).get(30, SECONDS);
    CompletableFuture<Frame> other = camel.call("raw", RAW, tool("together"));

    McpFailure failure = failure(RAW, "exit");

    assertThat(failure.kind()).isEqualTo(McpFailure.Kind.CONNECTION_LOST);
    assertThat(failure).hasMessageContaining("'raw'").hasMessageContaining("exit code 3");
    assertThatThrownBy(() -> other.get(30, SECONDS)).hasCause(failure);
  }

  @Test
  void the_next_call_after_a_death_finds_a_new_child() throws Exception {
    failure(RAW, "exit");

    assertThat(camel.call("raw", RAW, tool("echo")).get(30, SECONDS).result()).isNotNull();
  }

  @Test
  void what_a_child_wrote_before_it_ended_is_not_lost() throws Exception {
    Frame reply = camel.call("raw", RAW, tool("last words")).get(30, SECONDS);

    assertThat(result(reply).length()).isEqualTo(50_002);
  }

  @Test
  void a_signal_that_ended_the_child_is_named() throws Exception {
    String pid = list(camel.call("raw", RAW, tool("pid")).get(30, SECONDS)).getFirst();
    CompletableFuture<Frame> open = camel.call("raw", RAW, tool("together"));

    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

    assertThatThrownBy(() -> open.get(30, SECONDS)).hasMessageContaining("(signal 9)");
  }

  @Test
  void the_end_of_the_output_alone_ends_the_connection_and_the_child() {
    assertThat(failure(RAW, "mute")).hasMessageContaining("closed its standard output");
    await().until(() -> camel.component().childProcesses() == 0);
  }

  @Test
  void the_end_of_the_input_fails_calls_that_the_child_can_no_longer_read() throws Exception {
    String closesItsInput =
        """
        read -r initialize
        echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{}}}'
        read -r initialized
        exec <&-
        while :; do sleep 1; done
        """;
    ProcessTarget shell = target(List.of("/bin/sh", "-c", closesItsInput));

    // the first call may be written before the child has closed its input; a later one is not
    CompletableFuture<Frame> first = camel.call("raw", shell, tool("any"));
    await()
        .until(
            () -> {
              camel.call("raw", shell, tool("any"));
              return first.isDone();
            });

    assertThatThrownBy(first::join).hasMessageContaining("closed its standard input");
  }

  @Test
  void an_endless_line_ends_the_connection_and_the_child() {
    McpFailure failure = failure(RAW, "endless");

    assertThat(failure.kind()).isEqualTo(McpFailure.Kind.LIMIT_REACHED);
    assertThat(failure).hasMessageContaining("longer than 4194304 bytes");
    await().until(() -> camel.component().childProcesses() == 0);
  }

  @Test
  void a_child_that_does_not_read_fills_a_bounded_queue_and_then_calls_fail() throws Exception {
    camel.route("small", "mcp-stdio:small?maxQueuedBytes=1048576&closeWait=200");
    camel.call("small", RAW, tool("deaf")).get(30, SECONDS);
    String body = "{\"name\":\"echo\",\"arguments\":\"" + "x".repeat(200_000) + "\"}";

    CompletableFuture<?>[] calls = new CompletableFuture<?>[20];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = camel.call("small", RAW, body);
    }

    assertThatThrownBy(() -> CompletableFuture.anyOf(calls).get(30, SECONDS))
        .hasMessageContaining("too much waits to be sent");
  }

  @Test
  void a_program_that_does_not_exist_is_named_but_not_its_arguments() {
    McpFailure failure = failure(target(List.of("no-such-program"), "--token=geheim"), "echo");

    assertThat(failure.kind()).isEqualTo(McpFailure.Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("'no-such-program' was not found")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void a_whole_command_line_as_the_program_is_told_where_arguments_belong() {
    assertThat(failure(target(List.of("no-such-program -y x")), "echo"))
        .hasMessageContaining("its arguments belong under args");
  }

  @Test
  void a_file_that_is_no_program_is_told_apart_from_none(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("server.txt"), "text");

    assertThat(failure(target(List.of(file.toString())), "echo"))
        .hasMessageContaining("is not executable");
  }

  @Test
  void the_program_is_looked_up_on_the_path_of_the_child(@TempDir Path directory) throws Exception {
    Path program = directory.resolve("my-server");
    Files.writeString(program, "#!/bin/sh\nexit 7\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessTarget target =
        target(
            List.of("my-server"),
            Map.of("PATH", directory.toString()),
            null,
            new ProcessTarget.Stderr.Ignore());

    assertThat(failure(target, "echo")).hasMessageContaining("exit code 7");
  }

  @Test
  void a_working_directory_that_does_not_exist_is_an_error_of_its_own(@TempDir Path directory) {
    ProcessTarget target =
        target(
            RawServer.command(),
            Map.of(),
            directory.resolve("none"),
            new ProcessTarget.Stderr.Ignore());

    assertThat(failure(target, "echo")).hasMessageContaining("working directory does not exist");
  }

  @Test
  void a_nul_character_in_an_argument_is_refused_without_showing_it() {
    assertThat(failure(target(List.of("sh"), "geheim\0"), "echo"))
        .hasMessageContaining("could not be started")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void a_server_that_never_answers_is_ended_when_the_init_timeout_is_over() throws Exception {
    camel.route("slow", "mcp-stdio:slow?initTimeout=300&closeWait=200");

    assertThatThrownBy(
            () ->
                camel.call("slow", target(List.of("sleep"), "300"), tool("echo")).get(30, SECONDS))
        .hasMessageContaining("initTimeout");
    await().until(() -> camel.component().childProcesses() == 0);
  }
}
