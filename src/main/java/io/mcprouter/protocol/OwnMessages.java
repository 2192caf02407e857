package io.mcprouter.protocol;

import java.nio.charset.StandardCharsets;

/**
 * What the router asks servers and tells clients of its own accord, for what clients once asked.
 */
public final class OwnMessages {
  /** Whoever sends a request gives it an id of its own. */
  private static final byte[] ANY_ID = JsonText.number(1);

  private OwnMessages() {}

  public static Frame setLogLevel(LogLevel level) {
    return request(
        Methods.SET_LOG_LEVEL, Messages.join("{\"level\":", JsonText.quoted(level.text()), "}"));
  }

  public static Frame subscribe(String uri) {
    return request(Methods.RESOURCES_SUBSCRIBE, uriParams(uri));
  }

  public static Frame unsubscribe(String uri) {
    return request(Methods.RESOURCES_UNSUBSCRIBE, uriParams(uri));
  }

  /** Tells a client to read the resource again: what changed in between was not heard. */
  public static Frame updated(String uri) {
    return frame(Messages.notification(Methods.RESOURCE_UPDATED, uriParams(uri)));
  }

  private static byte[] uriParams(String uri) {
    return Messages.join("{\"uri\":", JsonText.quoted(uri), "}");
  }

  private static Frame request(String method, byte[] params) {
    return frame(Messages.request(ANY_ID, method, params));
  }

  private static Frame frame(byte[] json) {
    return Frame.of(new String(json, StandardCharsets.UTF_8));
  }
}
