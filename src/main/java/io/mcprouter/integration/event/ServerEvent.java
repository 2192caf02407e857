package io.mcprouter.integration.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a server.
 *
 * @param server the server's name; empty where it concerns no single one
 * @param user the key of the user whom it concerns; empty where it concerns no single one
 * @param headers what a route may want to choose by, by the names in {@link EventsConstants}
 * @param body what there is to say, as JSON's own values
 */
public record ServerEvent(
    EventKind kind,
    String server,
    String user,
    Instant at,
    Map<String, Object> headers,
    Map<String, Object> body) {
  public ServerEvent {
    headers = Map.copyOf(headers);
    body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
  }

  /** Whether the router's own session with the server is gone, or the server is another one. */
  boolean isNewBeginning() {
    return kind == EventKind.status
        && user.isEmpty()
        && switch (String.valueOf(headers.get(EventsConstants.STATUS))) {
          case "lost", "added", "changed" -> true;
          default -> false;
        };
  }

  /** Values by name in the order given, without those that are not there. */
  static Map<String, Object> fields(@Nullable Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        fields.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return fields;
  }

  /** Names neither user nor content. */
  @Override
  public String toString() {
    return "ServerEvent[" + kind + " of " + server + "]";
  }
}
