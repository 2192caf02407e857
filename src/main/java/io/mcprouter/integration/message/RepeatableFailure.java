package io.mcprouter.integration.message;

import io.mcprouter.transport.spi.McpFailure;

/**
 * A call that failed and may be made again: the server surely did not act on it, or the tool
 * declares that calling it twice does no harm. The route's error handler decides when.
 */
public final class RepeatableFailure extends Exception {
  private static final long serialVersionUID = 1L;

  RepeatableFailure(McpFailure failure) {
    super(failure.getMessage(), failure, false, false);
  }
}
