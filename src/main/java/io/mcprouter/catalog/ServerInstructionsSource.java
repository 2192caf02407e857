package io.mcprouter.catalog;

import io.mcprouter.protocol.Caller;
import org.jspecify.annotations.Nullable;

/** Knows what servers say of themselves when a session with them opens. */
@FunctionalInterface
public interface ServerInstructionsSource {
  /** The instructions of a server as the caller last got them, or null; answers at once. */
  @Nullable String of(String server, Caller caller);
}
