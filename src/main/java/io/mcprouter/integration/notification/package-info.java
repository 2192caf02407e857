/** The component {@code mcp-notify}: what a route tells its caller while it runs. */
@NullMarked
package io.mcprouter.integration.notification;

import org.jspecify.annotations.NullMarked;
