package io.mcprouter.session;

import io.mcprouter.config.ServerDefinition;
import java.time.Duration;

/**
 * What a server's entry says about its sessions.
 *
 * @param shared whether all users share one session
 * @param transport the transport's name, for meters and views
 * @param initTimeout limit for opening
 * @param streamIdle how long a listening stream may be silent before it is opened anew
 */
public record SessionPolicy(
    boolean shared, String transport, Duration initTimeout, Duration streamIdle) {
  public static SessionPolicy of(ServerDefinition definition) {
    return new SessionPolicy(
        definition.router().shared(),
        definition.transport().text(),
        definition.timeouts().initTimeout(),
        definition.timeouts().sseReadTimeout());
  }
}
