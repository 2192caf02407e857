package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.transport.ErrorLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed call is answered and counted: to the log it is ordinary. */
class FailedCallsLogTest {
  @TempDir private Path directory;

  @Test
  void a_call_that_fails_is_no_error_in_the_log() throws Exception {
    Path file = directory.resolve("mcp-servers.yaml");
    Files.writeString(
        file, "mcpServers: {gone: {type: streamable-http, url: 'http://127.0.0.1:9/mcp'}}");
    try (TestRouter router = new TestRouter(file);
        ErrorLog log = new ErrorLog()) {
      router.open();

      assertThatThrownBy(() -> router.client("gone")).hasMessageContaining("unavailable");
      assertThat(log.errors()).isEmpty();
    }
  }
}
