package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.Launcher;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final int CLASS_FILE_OF_JAVA_17 = 61;

  @Test
  void an_unknown_command_gets_a_suggestion() {
    Ran ran = Ran.command("validat", "x.yaml");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("Did you mean", "mcp-router validate");
  }

  @ParameterizedTest
  @CsvSource({
    "--prot, --port",
    "--confg=x, --config",
    "--mcp-router, --key=value",
    "--mcp-ruter.port=0, --mcp-router."
  })
  void a_slip_in_an_option_of_run_is_not_taken_for_a_setting(String slip, String suggestion) {
    Ran ran = Ran.command(slip);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("'" + slip + "'", suggestion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "stdio",
        "list",
        "call",
        "validate",
        "explain",
        "doctor",
        "keys",
        "secrets",
        "demo-server"
      })
  void every_command_has_a_help_text_and_a_version(String command) {
    assertThat(Ran.command(command, "--help").out())
        .contains("Usage: mcp-router " + command, "--help");
    assertThat(Ran.command(command, "--version").out()).startsWith("mcp-router ");
  }

  @Test
  void a_file_that_was_named_must_be_there() {
    Ran ran = Ran.command("run", "--config", "no-such-file.yaml");

    assertThat(ran.exit()).isOne();
    assertThat(ran.err()).contains("no-such-file.yaml does not exist");
  }

  @Test
  void where_no_router_runs_call_and_list_say_so_in_one_sentence() {
    for (String command : new String[] {"call", "list"}) {
      String what = command.equals("call") ? "demo__echo" : "tools";
      Ran ran = Ran.command(command, what, "--url", "http://127.0.0.1:1/mcp");

      assertThat(ran.exit()).isOne();
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err().lines())
          .singleElement()
          .asString()
          .startsWith("No router answers at http://127.0.0.1:1/mcp: start one");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8090/mcp", "nonsense", "ftp://127.0.0.1/mcp", "http:///mcp"})
  void an_address_that_is_no_url_is_told_what_one_looks_like(String address) {
    Ran ran = Ran.command("list", "--url", address);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("'--url'", "'" + address + "' is no URL such as http://127.0.0.1:8090/mcp")
        .doesNotContain("Exception");
  }

  @Test
  void the_first_class_can_be_loaded_by_java_17_which_is_then_told_what_is_needed()
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            Objects.requireNonNull(Launcher.class.getResourceAsStream("Launcher.class")))) {
      in.readInt();
      in.readUnsignedShort();
      assertThat(in.readUnsignedShort()).isEqualTo(CLASS_FILE_OF_JAVA_17);
    }
  }
}
