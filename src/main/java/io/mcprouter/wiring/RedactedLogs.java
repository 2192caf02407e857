package io.mcprouter.wiring;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.mcprouter.monitoring.LastEvent;
import io.mcprouter.monitoring.RedactingEncoder;
import io.mcprouter.monitoring.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Has every appender that writes look for secrets, whatever its format, for as long as this is
 * open.
 */
final class RedactedLogs implements AutoCloseable {
  /** Variables of the environment whose values are nobody's business. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(?:KEY|TOKEN|SECRET|PASSW|CREDENTIAL).*");

  private final List<Runnable> undo = new ArrayList<>();

  private RedactedLogs() {}

  static RedactedLogs of(Redaction redaction, Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
            redaction.keep(value);
          }
        });
    RedactedLogs logs = new RedactedLogs();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      for (Logger logger : context.getLoggerList()) {
        logger.iteratorForAppenders().forEachRemaining(each -> logs.redact(each, redaction, null));
      }
    }
    return logs;
  }

  /**
   * @param queue the appender before this one that writes later; null where there is none
   */
  @SuppressWarnings("unchecked") // appenders of a logger take its events
  private void redact(
      Appender<ILoggingEvent> appender,
      Redaction redaction,
      @Nullable AsyncAppenderBase<ILoggingEvent> queue) {
    if (appender instanceof OutputStreamAppender<ILoggingEvent> writing) {
      redact(writing, redaction, queue);
    } else if (appender instanceof AppenderAttachable<?> others) {
      AsyncAppenderBase<ILoggingEvent> next =
          queue == null && appender instanceof AsyncAppenderBase<ILoggingEvent> first
              ? first
              : queue;
      Iterator<Appender<ILoggingEvent>> each =
          ((AppenderAttachable<ILoggingEvent>) others).iteratorForAppenders();
      each.forEachRemaining(other -> redact(other, redaction, next));
    }
  }

  private void redact(
      OutputStreamAppender<ILoggingEvent> writing,
      Redaction redaction,
      @Nullable AsyncAppenderBase<ILoggingEvent> queue) {
    RedactingEncoder encoder = new RedactingEncoder(writing.getEncoder(), redaction);
    encoder.setContext(writing.getContext());
    encoder.start();
    writing.setEncoder(encoder);
    undo.add(
        () -> {
          if (writing.getEncoder() == encoder && (queue == null || isWritten(queue))) {
            writing.setEncoder(encoder.original());
          }
        });
  }

  /**
   * Waits until what was logged so far is written. Where that takes too long, secrets are looked
   * for on and on: better than to write one.
   */
  private static boolean isWritten(AsyncAppenderBase<ILoggingEvent> queue) {
    if (!queue.isStarted()) {
      return true; // it wrote everything when it stopped
    }
    LastEvent last = new LastEvent((Logger) LoggerFactory.getLogger(RedactedLogs.class));
    queue.doAppend(last);
    try {
      return last.awaitArrival(Duration.ofMillis(queue.getMaxFlushTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
  }
}
