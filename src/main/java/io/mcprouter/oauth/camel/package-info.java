/**
 * OAuth for the steps of a team's own routes, under the names that Camel's OAuth component uses:
 * processors that check a caller's token or send the route's own, set up by {@code camel.oauth.*}
 * keys. Nothing here needs Spring or the rest of the router. Every request leaves through {@link
 * io.mcprouter.oauth.GuardedSender}.
 */
@NullMarked
package io.mcprouter.oauth.camel;

import org.jspecify.annotations.NullMarked;
