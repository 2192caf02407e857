/**
 * What operators see: meters, health, the list of servers and the log of calls. It listens to the
 * observers that the other packages declare and reads the router through one port, {@link
 * io.mcprouter.monitoring.RouterState}. No user, no session and no free text becomes a label, and
 * every series belongs to a server of the file, so that no peer can make more of them.
 */
@NullMarked
package io.mcprouter.monitoring;

import org.jspecify.annotations.NullMarked;
