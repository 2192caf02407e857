package io.mcprouter.oauth;

import io.mcprouter.transport.spi.McpFailure;

/** Failures of authorization as a call's caller sees them. */
final class Failures {
  private Failures() {}

  static McpFailure of(OAuthFailure failure, OAuthTarget target) {
    String what = "cannot be logged in to: " + failure.getMessage();
    return switch (failure.kind()) {
      case UNREACHABLE ->
          McpFailure.unavailable(target.server(), String.valueOf(failure.getMessage()));
      case REFUSED, NOT_YOURS -> McpFailure.of(McpFailure.Kind.FORBIDDEN, target.server(), what);
      case UNUSABLE -> McpFailure.of(McpFailure.Kind.NOT_CONFIGURED, target.server(), what);
    };
  }
}
