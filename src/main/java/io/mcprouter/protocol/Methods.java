package io.mcprouter.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The methods of the protocol, 2024-11-05 to 2025-11-25. Unknown ones are carried all the same. */
public final class Methods {
  public static final String INITIALIZE = "initialize";
  public static final String PING = "ping";
  public static final String TOOLS_LIST = "tools/list";
  public static final String TOOLS_CALL = "tools/call";
  public static final String PROMPTS_LIST = "prompts/list";
  public static final String PROMPTS_GET = "prompts/get";
  public static final String RESOURCES_LIST = "resources/list";
  public static final String RESOURCE_TEMPLATES_LIST = "resources/templates/list";
  public static final String RESOURCES_READ = "resources/read";
  public static final String RESOURCES_SUBSCRIBE = "resources/subscribe";
  public static final String RESOURCES_UNSUBSCRIBE = "resources/unsubscribe";
  public static final String COMPLETE = "completion/complete";
  public static final String SET_LOG_LEVEL = "logging/setLevel";
  public static final String SAMPLING = "sampling/createMessage";
  public static final String ELICITATION = "elicitation/create";
  public static final String ROOTS_LIST = "roots/list";

  /** What the methods of all notifications begin with. */
  public static final String NOTIFICATIONS = "notifications/";

  public static final String INITIALIZED = "notifications/initialized";
  public static final String CANCELLED = "notifications/cancelled";
  public static final String PROGRESS = "notifications/progress";
  public static final String LOG_MESSAGE = "notifications/message";
  public static final String ROOTS_CHANGED = "notifications/roots/list_changed";
  public static final String TOOLS_CHANGED = "notifications/tools/list_changed";
  public static final String PROMPTS_CHANGED = "notifications/prompts/list_changed";
  public static final String RESOURCES_CHANGED = "notifications/resources/list_changed";
  public static final String RESOURCE_UPDATED = "notifications/resources/updated";
  public static final String ELICITATION_COMPLETE = "notifications/elicitation/complete";

  private static final String[] KNOWN = {
    INITIALIZE,
    PING,
    TOOLS_LIST,
    TOOLS_CALL,
    PROMPTS_LIST,
    PROMPTS_GET,
    RESOURCES_LIST,
    RESOURCE_TEMPLATES_LIST,
    RESOURCES_READ,
    RESOURCES_SUBSCRIBE,
    RESOURCES_UNSUBSCRIBE,
    COMPLETE,
    SET_LOG_LEVEL,
    SAMPLING,
    ELICITATION,
    ROOTS_LIST,
    INITIALIZED,
    CANCELLED,
    PROGRESS,
    LOG_MESSAGE,
    ROOTS_CHANGED,
    TOOLS_CHANGED,
    PROMPTS_CHANGED,
    RESOURCES_CHANGED,
    RESOURCE_UPDATED,
    ELICITATION_COMPLETE
  };
  private static final byte[][] KNOWN_BYTES =
      Arrays.stream(KNOWN)
          .map(name -> name.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private Methods() {}

  /**
   * The shared constant for a known method's bytes, so that the way of a call allocates no names.
   */
  static @Nullable String known(byte[] json, int from, int to) {
    int length = to - from;
    for (int i = 0; i < KNOWN_BYTES.length; i++) {
      byte[] name = KNOWN_BYTES[i];
      if (name.length == length && Arrays.equals(json, from, to, name, 0, length)) {
        return KNOWN[i];
      }
    }
    return null;
  }

  /** Whether a server that is asked twice is no other than one that was asked once. */
  public static boolean isRepeatable(String method) {
    return switch (method) {
      case INITIALIZE,
          PING,
          TOOLS_LIST,
          PROMPTS_LIST,
          PROMPTS_GET,
          RESOURCES_LIST,
          RESOURCE_TEMPLATES_LIST,
          RESOURCES_READ,
          RESOURCES_SUBSCRIBE,
          RESOURCES_UNSUBSCRIBE,
          COMPLETE,
          SET_LOG_LEVEL ->
          true;
      default -> false;
    };
  }

  /**
   * Whether meters may carry this method as a label; all others share one label, so that no peer
   * can flood them.
   */
  public static boolean isKnown(String method) {
    return Arrays.asList(KNOWN).contains(method);
  }
}
