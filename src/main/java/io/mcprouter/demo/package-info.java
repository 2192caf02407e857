/**
 * An MCP server with a few harmless tools that lives in the router's own program, so that a first
 * tool call needs nothing else. The command line starts it as {@code mcp-router demo-server}, and
 * the router as a child process like any other stdio server. It uses the protocol package alone:
 * neither Spring nor Camel is loaded, and it answers within a moment.
 */
@NullMarked
package io.mcprouter.demo;

import org.jspecify.annotations.NullMarked;
