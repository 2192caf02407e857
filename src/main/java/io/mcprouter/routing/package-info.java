/**
 * Server definitions become running Camel routes here, and calls enter those routes here. The
 * catalog and the integration components call it; it reaches servers only through the routes, whose
 * transports it does not know.
 */
@NullMarked
package io.mcprouter.routing;

import org.jspecify.annotations.NullMarked;
