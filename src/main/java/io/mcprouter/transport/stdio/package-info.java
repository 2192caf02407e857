/**
 * The Camel component {@code mcp-stdio}: MCP servers that run as child processes and speak over
 * their standard streams. It can be used in any Camel application; it knows the shared side of the
 * transports and nothing else of the router. No process that it starts outlives it, whatever
 * happens to either.
 */
@NullMarked
package io.mcprouter.transport.stdio;

import org.jspecify.annotations.NullMarked;
