/**
 * {@code mcp-events}: what happens at servers starts a route, once for each event: changed lists
 * and resources, log messages, sessions that come and go, calls that ended.
 */
@NullMarked
package io.mcprouter.integration.event;

import org.jspecify.annotations.NullMarked;
