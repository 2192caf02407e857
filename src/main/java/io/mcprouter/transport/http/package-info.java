/**
 * The component {@code mcp-http}: servers that speak streamable HTTP, over a Vert.x client for each
 * event loop. Routes call it as an endpoint; it uses the shared side of the transports and nothing
 * else of the router.
 */
@NullMarked
package io.mcprouter.transport.http;

import org.jspecify.annotations.NullMarked;
