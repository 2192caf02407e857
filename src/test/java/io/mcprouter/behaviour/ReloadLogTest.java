package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says after the servers file was edited. */
class ReloadLogTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @AfterEach
  void listenNoMore() {
    root().detachAppender(appender);
  }

  private void awaitLine(String end) {
    await()
        .untilAsserted(
            () ->
                assertThat(lines)
                    .anySatisfy(
                        line -> assertThat(line).contains("was read again: ").endsWith(end)));
  }

  @Test
  void an_entry_that_is_wrong_and_goes_on_as_it_was_is_counted_as_that() {
    try (ScriptedTools server = new ScriptedTools(South.HTTP);
        RouterUnderTest router =
            RouterUnderTest.start(
                new ServersFile()
                    .with("one", server.entry("\"retry\""))
                    .with("two", server.entry("\"retry\"")))) {
      appender.start();
      root().addAppender(appender); // the start of Spring begins logging anew

      router.edit(
          new ServersFile()
              .with("one", server.entry("[{\"retry\": {\"atempts\": 2}}]"))
              .with("two", server.entry("\"retry\"")));
      awaitLine(": 2 servers, 1 goes on as it was");

      router.edit(
          new ServersFile()
              .with("two", server.entry("\"retry\""))
              .with("three", server.entry("\"retri\"")));
      awaitLine(": 1 server, 1 failed");

      router.edit(new ServersFile().with("two", server.entry("\"retry\"")));
      awaitLine(": 1 server, 0 failed");
    }
  }
}
