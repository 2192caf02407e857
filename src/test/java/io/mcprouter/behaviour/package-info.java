/**
 * What a running router does, seen from outside: every behaviour over each of the four transports
 * to a server, and over each form of client where that may matter. The servers are the official
 * SDK's, the clients are the test kit's. Nothing imports this package.
 */
@NullMarked
package io.mcprouter.behaviour;

import org.jspecify.annotations.NullMarked;
