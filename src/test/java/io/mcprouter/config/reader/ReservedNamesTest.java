package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that decide more than a value does: each of them, by itself. */
class ReservedNamesTest {
  private static List<String> errors(String lines) {
    return ReadFiles.errors(ReadFiles.read(ReadFiles.entry(lines)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "Path",
        "SHELL",
        "ENV",
        "BASH_ENV",
        "IFS",
        "NODE_OPTIONS",
        "NODE_PATH",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PYTHONHOME",
        "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "CLASSPATH",
        "PERL5OPT",
        "PERL5LIB",
        "RUBYOPT",
        "RUBYLIB",
        "GIT_SSH_COMMAND",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
        "npm_config_registry"
      })
  void no_users_value_chooses_what_code_a_child_runs(String variable) {
    assertThat(errors("command: npx\nenv:\n  " + variable + ": '{{LIBRECHAT_USER_NAME}}'"))
        .singleElement()
        .asString()
        .contains("a.env." + variable + ": decides what code runs");
    assertThat(errors("command: npx\nenv:\n  " + variable + ": written")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "Proxy-Authenticate",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Mcp-Session-Id",
        "MCP-Protocol-Version",
        "Mcp-Method",
        "Mcp-Name",
        "Last-Event-ID",
        "Sec-WebSocket-Protocol"
      })
  void no_header_changes_what_a_message_is(String header) {
    assertThat(errors("url: https://example.com/mcp\nheaders:\n  " + header + ": x"))
        .singleElement()
        .asString()
        .contains("a.headers." + header + ": belongs to the protocol");
  }
}
