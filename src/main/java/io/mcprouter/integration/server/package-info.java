/**
 * MCP servers inside this process, made of routes: which tools, resources and prompts routes offer,
 * the conversation with whoever calls them, and the stopping of a route whose caller waits no more.
 * The components {@code mcp-tool}, {@code mcp-resource} and {@code mcp-prompt} offer; {@code
 * mcp-routes} calls.
 */
@NullMarked
package io.mcprouter.integration.server;

import org.jspecify.annotations.NullMarked;
