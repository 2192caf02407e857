/**
 * The data plane's north side: it accepts MCP clients over streamable HTTP, the older SSE pair,
 * websockets and standard streams, keeps their sessions and streams, and hands their messages to
 * the catalog and the routes. Only the wiring calls it.
 */
@NullMarked
package io.mcprouter.endpoint;

import org.jspecify.annotations.NullMarked;
