package io.mcprouter.session;

import java.time.Duration;
import java.time.Instant;

/**
 * A session as operators see it. It holds no secret: a client session is named by the beginning of
 * its id.
 *
 * @param user the user's id, empty for the router's own sessions and shared ones
 * @param client the first characters of the client session's id, empty where it belongs to none
 * @param transport the transport's name
 * @param since when opening began
 * @param idleFor since the end of the last call; zero while in use
 * @param inFlight calls that wait for the server
 * @param subscriptions resources to which clients subscribed
 */
public record SessionView(
    String server,
    String user,
    String client,
    String transport,
    Instant since,
    Duration idleFor,
    int inFlight,
    int subscriptions) {}
