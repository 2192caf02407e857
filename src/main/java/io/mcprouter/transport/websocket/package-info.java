/**
 * The component {@code mcp-websocket}: servers that speak MCP over a websocket with the subprotocol
 * {@code mcp}, one message a text frame. Routes call it as an endpoint; it shares Vert.x, TLS
 * set-up and option names with camel-vertx-websocket and uses nothing of the router but the shared
 * side of the transports.
 */
@NullMarked
package io.mcprouter.transport.websocket;

import org.jspecify.annotations.NullMarked;
