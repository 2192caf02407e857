package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not reach a server: its caller may not make it, or nothing that the caller can
 * see has that name.
 *
 * @param request the message as the client wrote it
 * @param errorCode what the client is told
 * @param traceparent the trace that the client's request belongs to; null where it says none
 */
public record RefusedCall(
    Caller caller, Frame request, int errorCode, @Nullable String traceparent) {}
