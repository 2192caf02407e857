/**
 * The component {@code mcp-sse}: servers that speak HTTP with server-sent events, the transport of
 * revision 2024-11-05. Messages go out as POST requests and come in on one stream of events. Routes
 * call it as an endpoint; it uses the shared side of the transports and nothing else of the router.
 */
@NullMarked
package io.mcprouter.transport.sse;

import org.jspecify.annotations.NullMarked;
