package io.mcprouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.reader.McpServersReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CompiledTargetsTest {
  private static final String ENTRY =
      "mcpServers:\n  one: {command: server, args: [\"${NOWHERE_SET}\"]}\n";

  @Test
  void a_variable_that_is_not_set_is_told_with_the_servers_name_once() {
    McpServersFile file = new McpServersReader(name -> null, false).read("servers.yaml", ENTRY);
    assertThat(file).isInstanceOf(McpServersFile.Accepted.class);
    ServerDefinition one =
        Objects.requireNonNull(((McpServersFile.Accepted) file).servers().servers().get("one"));

    assertThatThrownBy(() -> new CompiledTargets(name -> null, List.of()).compile(one))
        .hasMessage(
            "Server 'one': args[0] needs the environment variable NOWHERE_SET, which is not set or"
                + " empty; set it and restart");
  }
}
