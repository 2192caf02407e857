package io.mcprouter.protocol;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Severities of log messages, least first (server utilities, logging). */
public enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name as the protocol writes it. */
  public String text() {
    return text;
  }

  /** The level of that name; none where there is no such level. */
  public static Optional<LogLevel> of(@Nullable String text) {
    for (LogLevel level : values()) {
      if (level.text().equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** The level of a log message; one that names none, or an unknown one, is never held back. */
  public static LogLevel of(Frame notification) {
    JsonSpan params = notification.params();
    return of(params == null ? null : params.string("level")).orElse(EMERGENCY);
  }
}
