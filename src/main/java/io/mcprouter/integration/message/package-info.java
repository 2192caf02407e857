/**
 * The component {@code mcp-message}: steps of a route that lets messages call tools. A message is
 * checked, its call is written down before it is made, and its answer before it is sent. Where
 * calls go, what is written down and whose signature counts are ports; nothing here knows a broker.
 */
@NullMarked
package io.mcprouter.integration.message;

import org.jspecify.annotations.NullMarked;
