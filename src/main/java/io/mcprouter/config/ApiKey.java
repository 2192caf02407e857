package io.mcprouter.config;

import org.jspecify.annotations.Nullable;

/**
 * A key that is sent in a header (the {@code apiKey} object). {@code toString} does not show it.
 *
 * @param source who gives the key
 * @param key the administrator's key; absent where each user gives their own
 * @param customHeader the header of {@link AuthorizationType#CUSTOM}; default {@code X-Api-Key}
 */
public record ApiKey(
    Source source, AuthorizationType authorizationType, @Nullable String key, String customHeader) {
  public static final String DEFAULT_HEADER = "X-Api-Key";

  /** The variable under which a user's own key is kept. */
  public static final String USER_VARIABLE = "MCP_API_KEY";

  /** Who gives the key. */
  public enum Source {
    ADMIN,
    USER
  }

  /** How the key is written into the header. */
  public enum AuthorizationType {
    BASIC,
    BEARER,
    CUSTOM
  }

  @Override
  public String toString() {
    return "ApiKey[" + source + ", " + authorizationType + "]";
  }
}
