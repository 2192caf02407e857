/**
 * What the four transports share: the port through which a producer gets its connection, the
 * conversation on a message channel, one call and its cancellation, and failures. Transports and
 * sessions use it; it knows Camel, the protocol and Vert.x for remote servers, and neither Spring
 * nor the rest of the router.
 */
@NullMarked
package io.mcprouter.transport.spi;

import org.jspecify.annotations.NullMarked;
