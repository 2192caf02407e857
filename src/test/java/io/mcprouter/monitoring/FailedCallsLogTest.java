package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A failed call is answered and counted: to the log it is ordinary. */
class FailedCallsLogTest {
  @TempDir private Path directory;

  @Test
  void a_call_that_fails_is_no_error_in_the_log() throws Exception {
    Path file = directory.resolve("mcp-servers.yaml");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    try (TestRouter router = new TestRouter(file)) {
      Files.writeString(
          file, "mcpServers: {gone: {type: streamable-http, url: 'http://127.0.0.1:9/mcp'}}");
      router.open();
      lines.setContext(root.getLoggerContext());
      lines.start();
      root.addAppender(lines);

      assertThatThrownBy(() -> router.client("gone")).hasMessageContaining("unavailable");
    } finally {
      root.detachAppender(lines);
    }
    assertThat(List.copyOf(lines.list))
        .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.ERROR));
  }
}
