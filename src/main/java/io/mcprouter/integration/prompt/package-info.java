/** The component {@code mcp-prompt}: a route is what MCP calls a prompt. */
@NullMarked
package io.mcprouter.integration.prompt;

import org.jspecify.annotations.NullMarked;
