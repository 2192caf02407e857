package io.mcprouter.oauth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user sees before a login begins.
 *
 * @param server the entry's name
 * @param serverHost where the server is
 * @param authorizationHost where the browser will be sent
 * @param authorizationOrigin the same with scheme and port
 * @param scopes what is asked for; empty where the authorization server decides
 */
public record LoginOffer(
    String server,
    @Nullable String serverHost,
    String authorizationHost,
    String authorizationOrigin,
    List<String> scopes) {
  public LoginOffer {
    scopes = List.copyOf(scopes);
  }
}
