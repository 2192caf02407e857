package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.protocol.Frame;
import java.util.List;

/** What one route offers to MCP clients: a tool, a prompt, a resource or a resource template. */
public interface RouteItem {
  ListKind kind();

  /** Its name, URI or URI template: what tells it from the others of its kind in a server. */
  String key();

  /** Its name; of most kinds the key is. */
  default String name() {
    return key();
  }

  /** The route that serves it. */
  String routeId();

  /** The item as lists show it: a JSON object in UTF-8. */
  byte[] json();

  Terms terms();

  /** Whether a key that a client asks for means this item. */
  default boolean fits(String asked) {
    return key().equals(asked);
  }

  /**
   * Serves a request on the current thread, which may be blocked. The call is told its result or
   * its error, then or later, once.
   */
  void serve(Frame request, RunningCall call);

  /** The values that an argument can have, of those that begin so (completion). */
  default List<String> complete(String argument, String begun) {
    return List.of();
  }
}
