package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path directory;

  private Ran doctor(String servers, String... more) throws IOException {
    Path file = directory.resolve("servers.yaml");
    Files.writeString(file, "mcpServers:\n" + servers.indent(2));
    String[] line = new String[more.length + 3];
    line[0] = "doctor";
    line[1] = "--config";
    line[2] = file.toString();
    System.arraycopy(more, 0, line, 3, more.length);
    return Ran.command(line);
  }

  @Test
  void the_demo_server_needs_nothing_and_initializes() throws IOException {
    Ran ran = doctor("demo: {command: mcp-router, args: [demo-server]}", "--connect");

    assertThat(ran.out()).contains("demo (stdio)", "initialized: mcp-router-demo");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void a_missing_program_directory_and_variable_are_named() throws IOException {
    Ran ran =
        doctor(
            """
            program: {command: no-such-program-anywhere}
            place: {command: sh, cwd: /no/such/directory}
            variable: {command: sh, env: {A: "${NO_SUCH_VARIABLE}"}}
            """);

    assertThat(ran.exit()).isOne();
    assertThat(ran.lines())
        .filteredOn(line -> line.contains("MISSING"))
        .satisfiesExactly(
            line -> assertThat(line).contains("no-such-program-anywhere", "was not found"),
            line -> assertThat(line).contains("working directory does not exist"),
            line -> assertThat(line).contains("NO_SUCH_VARIABLE", "env.A"));
  }

  @Test
  void a_host_is_asked_whether_it_accepts_connections() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String entry =
          "remote: {type: streamable-http, url: \"http://127.0.0.1:%d/mcp?user={{LIBRECHAT_USER_ID}}\"}"
              .formatted(socket.getLocalPort());

      assertThat(doctor(entry).out()).contains("accepts connections");
      assertThat(doctor(entry, "--connect").out()).contains("needs something of the user");
    }
  }

  @Test
  void a_host_that_accepts_no_connection_is_missing() throws IOException {
    Ran ran = doctor("remote: {type: streamable-http, url: \"http://127.0.0.1:1/mcp\"}");

    assertThat(ran.exit()).isOne();
    assertThat(ran.out()).contains("MISSING", "127.0.0.1:1 accepts no connection");
  }

  @Test
  void only_the_servers_that_are_named_are_looked_at() throws IOException {
    Ran ran = doctor("good: {command: sh}\nbad: {command: no-such-program-anywhere}", "good");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("good (stdio)").doesNotContain("bad (stdio)");
  }

  @Test
  void an_entry_that_cannot_be_used_is_missing_something_too() throws IOException {
    Ran ran = doctor("wrong: {comand: sh}");

    assertThat(ran.exit()).isOne();
    assertThat(ran.err()).contains("did you mean 'command'?");
  }
}
