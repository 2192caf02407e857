/**
 * {@code mcp-call}: a step of a route calls a tool, reads a resource or gets a prompt. In the
 * router calls go through the catalog, so that access rules hold; in a plain Camel application to
 * an endpoint of a transport.
 */
@NullMarked
package io.mcprouter.integration.call;

import org.jspecify.annotations.NullMarked;
