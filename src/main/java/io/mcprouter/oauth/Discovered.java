package io.mcprouter.oauth;

import java.util.List;

/**
 * Who guards a server.
 *
 * @param resource the server's name in tokens (RFC 8707)
 * @param scopes what the resource's metadata names; empty where it names none
 */
record Discovered(String resource, List<String> scopes, AuthorizationServer server) {
  Discovered {
    scopes = List.copyOf(scopes);
  }
}
