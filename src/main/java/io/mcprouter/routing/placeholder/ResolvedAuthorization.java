package io.mcprouter.routing.placeholder;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;

/** What an entry says of authorization, its placeholders replaced. All of it may be secret. */
public record ResolvedAuthorization(Authorization written, OAuthOptions options) {
  @Override
  public String toString() {
    return "ResolvedAuthorization[hidden]";
  }
}
