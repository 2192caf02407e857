package io.mcprouter.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.mcprouter.monitoring.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RedactedLogsTest {
  private static final String SECRET = "met-before-0123456789";
  private static final String OF_ENVIRONMENT = "of-environment-98765";

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger logger = context.getLogger("redacted-logs-test");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final Redaction redaction = new Redaction();

  @AfterEach
  void detach() {
    logger.detachAndStopAllAppenders();
  }

  private void writing(Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
  }

  private static PatternLayoutEncoder lines() {
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setPattern("%m %X %ex%n");
    return lines;
  }

  private String logged() {
    redaction.remember(SECRET);
    try (RedactedLogs logs =
        RedactedLogs.of(redaction, Map.of("WEATHER_API_KEY", OF_ENVIRONMENT, "HOME", "/a/home"))) {
      logger.error("{} and {}", SECRET, "mcr_0123456789abcdef_x", new Exception(OF_ENVIRONMENT));
      await().until(() -> out.size() > 0); // an appender may write on a thread of its own
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lines_and_traces_hold_no_secret() {
    writing(lines());
    logger.addAppender(appender);

    assertThat(logged())
        .startsWith("[redacted] and [redacted]")
        .contains("java.lang.Exception: [redacted]");
  }

  @Test
  void json_holds_no_secret() {
    writing(new JsonEncoder());
    logger.addAppender(appender);

    assertThat(logged()).contains("[redacted]").doesNotContain(SECRET, OF_ENVIRONMENT, "mcr_");
  }

  @Test
  void an_appender_behind_another_is_found() {
    writing(lines());
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.addAppender(appender);
    async.start();
    logger.addAppender(async);

    logged();
    async.stop();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("[redacted]").doesNotContain(SECRET);
  }

  @Test
  void what_waits_in_a_queue_is_redacted_before_the_encoder_is_given_back() throws Exception {
    PatternLayoutEncoder encoder = lines();
    writing(encoder);
    HeldAppender held = new HeldAppender(appender);
    held.setContext(context);
    held.start();
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setMaxFlushTime(60_000);
    async.addAppender(held);
    async.start();
    logger.addAppender(async);

    RedactedLogs logs = RedactedLogs.of(redaction, Map.of("A_TOKEN", OF_ENVIRONMENT));
    logger.error("first {}", OF_ENVIRONMENT);
    logger.error("second {}", OF_ENVIRONMENT);
    Thread closing = Thread.startVirtualThread(logs::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(out.size()).isZero();
    held.let.countDown();
    closing.join();

    assertThat(appender.getEncoder()).isSameAs(encoder);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("first [redacted]", "second [redacted]")
        .doesNotContain(OF_ENVIRONMENT);
    logger.error("afterwards {}", "as it is");
    async.stop();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
  }

  /** Holds what the queue gives it until the test lets it pass. */
  private static final class HeldAppender extends AppenderBase<ILoggingEvent>
      implements AppenderAttachable<ILoggingEvent> {
    private final CountDownLatch let = new CountDownLatch(1);
    private final AppenderAttachableImpl<ILoggingEvent> behind = new AppenderAttachableImpl<>();

    HeldAppender(Appender<ILoggingEvent> next) {
      behind.addAppender(next);
    }

    @Override
    protected void append(ILoggingEvent event) {
      try {
        if (let.getCount() > 0) {
          let.await();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      behind.appendLoopOnAppenders(event);
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
      behind.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
      return behind.iteratorForAppenders();
    }

    @Override
    public Appender<ILoggingEvent> getAppender(String name) {
      return behind.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
      return behind.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
      behind.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
      return behind.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
      return behind.detachAppender(name);
    }
  }

  @Test
  void afterwards_everything_is_as_it_was() {
    PatternLayoutEncoder encoder = lines();
    writing(encoder);
    logger.addAppender(appender);
    logged();

    assertThat(appender.getEncoder()).isSameAs(encoder);
  }
}
