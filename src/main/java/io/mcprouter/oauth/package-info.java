/**
 * Authorization towards servers: finding out who guards a server, becoming a client there, a user's
 * login, and tokens that are kept, renewed and revoked. {@link io.mcprouter.oauth.OAuth} is the way
 * in. Every request leaves through the sender that is given to it; nothing here opens a socket.
 */
@NullMarked
package io.mcprouter.oauth;

import org.jspecify.annotations.NullMarked;
