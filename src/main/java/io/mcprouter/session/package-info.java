/**
 * Who is connected to which server: each user's own sessions, opened once, kept while in use and
 * closed when idle. One Caffeine cache holds them; limits, remembered failures and the standing
 * requests of clients (subscriptions, log level) stand beside it. Transports open the connections,
 * and nothing here knows Spring or Vert.x.
 */
@NullMarked
package io.mcprouter.session;

import org.jspecify.annotations.NullMarked;
