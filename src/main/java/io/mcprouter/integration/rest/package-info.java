/** The component {@code mcp-openapi}: the operations of an HTTP API are what MCP calls tools. */
@NullMarked
package io.mcprouter.integration.rest;

import org.jspecify.annotations.NullMarked;
