/**
 * Who is calling. The endpoints ask here before they do anything else with a request; it sees a
 * request's headers and nothing more.
 */
@NullMarked
package io.mcprouter.identity;

import org.jspecify.annotations.NullMarked;
