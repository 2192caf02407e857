package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Marked values in every place where a secret can stand, and a log at its most talkative. */
class NoSecretInLogsTest {
  private static final String CANARY = "canary-7f3a";
  private static final String SERVERS =
      """
      mcpServers:
        child:
          type: stdio
          command: %s
          args: ["%s", stdio, --token, canary-7f3a-argument]
          env: {TOKEN: canary-7f3a-environment}
          timeout: 1000
          stderr: ignore
        http:
          type: streamable-http
          url: %s?key=canary-7f3a-query
          headers:
            Authorization: Bearer canary-7f3a-header
            X-Mail: "{{LIBRECHAT_USER_EMAIL}}"
          timeout: 1000
        gone:
          type: sse
          url: http://127.0.0.1:9/sse?key=canary-7f3a-query
          headers: {Authorization: Bearer canary-7f3a-header}
        absent:
          type: stdio
          command: no-such-program-here
          args: [canary-7f3a-argument]
      """;

  @TempDir private Path directory;

  @Test
  void no_argument_header_variable_or_result_is_logged_at_any_level() throws Exception {
    Path file = directory.resolve("mcp-servers.yaml");
    List<String> node = BehaviourServer.command();
    Captured log = new Captured();
    try (BehaviourServer http = new BehaviourServer();
        TestRouter router =
            new TestRouter(
                file,
                "--mcp-router.local-user.fields.email=canary-7f3a@example.org",
                "--logging.threshold.console=off",
                "--logging.level.io.mcprouter=TRACE",
                "--logging.level.org.apache.camel=TRACE",
                "--logging.level.io.vertx=DEBUG",
                "--logging.level.io.netty=DEBUG")) {
      Files.writeString(file, SERVERS.formatted(node.get(0), node.get(1), http.url()));
      log.attach();
      router.open();
      for (String server : List.of("child", "http")) {
        callEverything(router.client(server), server);
      }
      router.actuator("prometheus");
    } finally {
      log.detach();
    }
    assertThat(log.lines.get()).as("lines that were looked at").isGreaterThan(1_000);
    assertThat(log.packages).contains("io.mcprouter", "org.apache");
    assertThat(log.found).isEmpty();
  }

  /** Answers that show that the marked values did take part, failures of all kinds included. */
  private static void callEverything(TestRouter.Client client, String server) {
    assertThat(client.call("echo", "{\"message\":\"canary-7f3a-argument\"}")).contains(CANARY);
    boolean child = server.equals("child");
    assertThat(child ? client.call("env", "{\"name\":\"TOKEN\"}") : client.call("headers", "{}"))
        .contains(child ? "canary-7f3a-environment" : "canary-7f3a@example.org");
    assertThat(client.call("fail", "{\"message\":\"canary-7f3a-result\"}")).contains(CANARY);
    assertThat(client.call("throw", "{\"message\":\"canary-7f3a-error\"}")).contains(CANARY);
    assertThat(client.call("sleep", "{\"label\":\"canary-7f3a\"}")).contains("timeout");
    assertThat(client.call("garbage", "{\"message\":\"canary-7f3a\"}")).contains("answer after");
    client.call("log", "{\"text\":\"canary-7f3a-notification\"}");
    assertThat(client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"canary-7f3a").join()).contains("error");
    assertThat(client.call("die", "{\"label\":\"canary-7f3a\"}")).contains("lost");
  }

  /** All log lines, of which those with a marked value are kept. */
  private static final class Captured extends AppenderBase<ILoggingEvent> {
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final Set<String> packages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lines = new AtomicInteger();

    void attach() {
      setContext(root().getLoggerContext());
      start();
      root().addAppender(this);
    }

    void detach() {
      root().detachAppender(this);
      stop();
    }

    private static Logger root() {
      return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.incrementAndGet();
      packages.add(event.getLoggerName().replaceFirst("^(\\w+\\.\\w+).*", "$1"));
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      String line =
          event.getLoggerName()
              + ": "
              + event.getFormattedMessage()
              + event.getKeyValuePairs()
              + event.getMDCPropertyMap()
              + thrown;
      if (line.contains(CANARY)) {
        found.add(line);
      }
    }
  }
}
