/** The component {@code mcp-tool}: a route is what MCP calls a tool. */
@NullMarked
package io.mcprouter.integration.tool;

import org.jspecify.annotations.NullMarked;
