package io.mcprouter.transport.stdio;

import static io.mcprouter.transport.stdio.StdioCamel.target;
import static io.mcprouter.transport.stdio.StdioCamel.tool;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StdioStderrTest {
  @TempDir private Path directory;

  private static void complain(StdioCamel camel, String stderr) throws Exception {
    camel
        .call(
            "raw",
            target(RawServer.command(), Map.of(), null, ErrorRedirect.parse(stderr)),
            tool("complain"))
        .get(30, SECONDS);
  }

  @Test
  void piped_output_can_be_read_also_after_the_child_has_ended() throws Exception {
    try (StdioCamel camel = new StdioCamel().route("raw", "mcp-stdio:raw")) {
      complain(camel, "pipe");

      await()
          .untilAsserted(
              () ->
                  assertThat(camel.component().errorOutput("raw"))
                      .containsExactly("first complaint", "second complaint"));
      camel.removeRoute("raw");
      camel.context().removeEndpoints("mcp-stdio:*");
      await().until(() -> camel.component().childProcesses() == 0);
      assertThat(camel.component().errorOutput("raw")).hasSize(2);
      assertThat(camel.component().errorOutput("other")).isEmpty();
    }
  }

  @Test
  void ignored_output_is_kept_nowhere() throws Exception {
    try (StdioCamel camel = new StdioCamel().route("raw", "mcp-stdio:raw")) {
      complain(camel, "ignore");

      assertThat(camel.component().errorOutput("raw")).isEmpty();
    }
  }

  private String errorsOfRouter(List<String> command) throws Exception {
    Path errors = directory.resolve("errors");
    try (RunningRouter router = RunningRouter.start(command, Redirect.to(errors.toFile()))) {
      assertThat(router.process().isAlive()).isTrue();
      return Files.readString(errors);
    }
  }

  @Test
  void inherited_output_is_the_routers_own() throws Exception {
    List<String> router = JavaProgram.command(RouterProgram.class, "complaining", "inherit");

    assertThat(errorsOfRouter(router)).contains("first complaint", "second complaint");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_descriptor_of_the_router_takes_the_output() throws Exception {
    Path file = directory.resolve("seven");
    Files.writeString(file, "before\n");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "file=$1; shift; exec \"$@\" 7>>\"$file\"", "sh"));
    command.add(file.toString());
    command.addAll(JavaProgram.command(RouterProgram.class, "complaining", "7"));

    assertThat(errorsOfRouter(command)).doesNotContain("complaint");
    assertThat(file).content().startsWith("before\n").contains("second complaint");
  }

  @Test
  void a_descriptor_that_is_not_open_is_a_clear_error() throws Exception {
    try (StdioCamel camel = new StdioCamel().route("raw", "mcp-stdio:raw")) {
      assertThatThrownBy(() -> complain(camel, "1000000"))
          .hasMessageContaining("'raw'")
          .hasMessageContaining("file descriptor 1000000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "99999999999", "both", ""})
  void other_forms_are_refused_when_the_endpoint_is_made(String form) {
    assertThatThrownBy(() -> new StdioConfiguration().setStderr(form))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stderr");
  }
}
