package io.mcprouter.endpoint;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Severities of log messages, least first (server utilities, logging). */
enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  static Optional<LogLevel> of(@Nullable String text) {
    for (LogLevel level : values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** The level of a log message; one that names none, or an unknown one, is never held back. */
  static LogLevel of(Frame notification) {
    JsonSpan params = notification.params();
    return of(params == null ? null : params.string("level")).orElse(EMERGENCY);
  }
}
