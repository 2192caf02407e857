/**
 * How the parts are put together: Spring configuration and the order of starting and stopping, and
 * nothing else. Nobody imports this package but the command line.
 */
@NullMarked
package io.mcprouter.wiring;

import org.jspecify.annotations.NullMarked;
