/** The component {@code mcp-resource}: a route is what MCP calls a resource. */
@NullMarked
package io.mcprouter.integration.resource;

import org.jspecify.annotations.NullMarked;
