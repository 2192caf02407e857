package io.mcprouter.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps loggers of libraries that print whole requests, with their headers and queries, from going
 * below info, whatever level is set for them: what they would print then is tokens, keys and
 * cookies. It costs nothing when something is logged.
 */
@Component
class CappedLoggers implements LoggerContextListener {
  private static final List<String> CAPPED =
      List.of(
          "org.apache.catalina",
          "org.apache.coyote",
          "org.apache.tomcat",
          "org.apache.camel.spring",
          "org.apache.hc.client5.http.headers",
          "org.apache.hc.client5.http.wire",
          "org.springframework.jdbc",
          "org.springframework.security",
          "org.springframework.web");

  CappedLoggers() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.getLoggerList().forEach(CappedLoggers::cap);
      CAPPED.forEach(name -> cap(context.getLogger(name)));
      context.addListener(this);
    }
  }

  private static void cap(Logger logger) {
    if (isCapped(logger.getName()) && !logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
      logger.setLevel(Level.INFO);
    }
  }

  private static boolean isCapped(String name) {
    return CAPPED.stream().anyMatch(capped -> name.equals(capped) || name.startsWith(capped + "."));
  }

  /** A level that was set for a logger, or for one above it. */
  @Override
  public void onLevelChange(Logger logger, Level level) {
    if (isCapped(logger.getName())) {
      cap(logger);
    } else {
      CAPPED.forEach(name -> cap(logger.getLoggerContext().getLogger(name)));
    }
  }

  @Override
  public boolean isResetResistant() {
    return false;
  }

  @Override
  public void onStart(LoggerContext context) {}

  @Override
  public void onReset(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {}
}
