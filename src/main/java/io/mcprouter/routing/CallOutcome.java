package io.mcprouter.routing;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpFailure;
import org.jspecify.annotations.Nullable;

/** How a call ended, as meters and logs tell it apart. */
public enum CallOutcome {
  /** The server answered with a result, or a notification was sent. */
  OK("ok"),
  /** A tool answered, and said that it failed ({@code isError}). */
  TOOL_ERROR("tool_error"),
  /** The server answered with a JSON-RPC error. */
  ERROR("error"),
  TIMEOUT(McpFailure.Kind.TIMED_OUT),
  UNAVAILABLE(McpFailure.Kind.UNAVAILABLE),
  CONNECTION_LOST(McpFailure.Kind.CONNECTION_LOST),
  SESSION_LOST(McpFailure.Kind.SESSION_LOST),
  LIMIT(McpFailure.Kind.LIMIT_REACHED),
  CANCELLED(McpFailure.Kind.CANCELLED),
  NOT_CONFIGURED(McpFailure.Kind.NOT_CONFIGURED),
  LOGIN_REQUIRED(McpFailure.Kind.LOGIN_REQUIRED),
  VARIABLES_MISSING(McpFailure.Kind.VARIABLES_MISSING),
  FORBIDDEN(McpFailure.Kind.FORBIDDEN),
  PROTOCOL_VIOLATION(McpFailure.Kind.PROTOCOL_VIOLATION),
  INTERNAL(McpFailure.Kind.INTERNAL);

  private final String label;

  CallOutcome(String label) {
    this.label = label;
  }

  CallOutcome(McpFailure.Kind failure) {
    this(failure.label());
  }

  /** The outcome as a meter's label. */
  public String label() {
    return label;
  }

  static CallOutcome of(@Nullable Frame reply) {
    if (reply == null) {
      return OK;
    }
    if (reply.kind() == Frame.Kind.ERROR) {
      return ERROR;
    }
    return reply.isToolError() ? TOOL_ERROR : OK;
  }

  static CallOutcome of(McpFailure.Kind failure) {
    return switch (failure) {
      case TIMED_OUT -> TIMEOUT;
      case UNAVAILABLE -> UNAVAILABLE;
      case CONNECTION_LOST -> CONNECTION_LOST;
      case SESSION_LOST -> SESSION_LOST;
      case LIMIT_REACHED -> LIMIT;
      case CANCELLED -> CANCELLED;
      case NOT_CONFIGURED -> NOT_CONFIGURED;
      case LOGIN_REQUIRED -> LOGIN_REQUIRED;
      case VARIABLES_MISSING -> VARIABLES_MISSING;
      case FORBIDDEN -> FORBIDDEN;
      case PROTOCOL_VIOLATION -> PROTOCOL_VIOLATION;
      case INTERNAL -> INTERNAL;
    };
  }
}
