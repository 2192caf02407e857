package io.mcprouter.oauth;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server as authorization sees it: for one caller, every placeholder in it resolved.
 *
 * @param server the entry's name
 * @param url where the server is, {@code ws} and {@code wss} included
 * @param required the administrator's word on OAuth; null where it is to be found out
 * @param settings what the administrator fixed; null where nothing
 * @param headers for requests to the authorization server only
 * @param options the router's own additions
 * @param refreshWait how long to wait for another thread's or node's refresh
 * @param persistenceWait how long to try to store a token that was got
 */
public record OAuthTarget(
    String server,
    URI url,
    @Nullable Boolean required,
    @Nullable OAuthSettings settings,
    Map<String, String> headers,
    OAuthOptions options,
    Duration refreshWait,
    Duration persistenceWait) {
  public OAuthTarget {
    headers = Map.copyOf(headers);
  }

  /** A server of which nothing but the address is known. */
  public OAuthTarget(String server, URI url) {
    this(server, url, Authorization.NONE, OAuthOptions.NONE);
  }

  /** A server with what its entry says, resolved. */
  public OAuthTarget(String server, URI url, Authorization written, OAuthOptions options) {
    this(
        server,
        url,
        written.requiresOAuth(),
        written.oauth(),
        written.oauthHeaders(),
        options,
        written.refreshWaitTimeout(),
        written.persistenceWaitTimeout());
  }

  /** The same server for requests that the administrator's headers are not meant for. */
  OAuthTarget withoutHeaders() {
    return new OAuthTarget(
        server, url, required, settings, Map.of(), options, refreshWait, persistenceWait);
  }

  boolean sendsResource() {
    return settings == null || settings.sendResourceParameter();
  }

  /** The scopes that the administrator wants asked for. */
  @Nullable String scope() {
    return settings == null || settings.scope() == null ? options.scope() : settings.scope();
  }

  @Nullable String clientId() {
    return settings == null ? null : settings.clientId();
  }

  /** Names the entry alone: addresses, headers and settings may be secrets. */
  @Override
  public String toString() {
    return "OAuthTarget[" + server + "]";
  }
}
