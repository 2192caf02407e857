package io.mcprouter.testkit;

/** How a client reaches the router. */
public enum North {
  HTTP("/mcp"),
  SSE("/sse"),
  WEBSOCKET("/ws");

  private final String lastPart;

  North(String lastPart) {
    this.lastPart = lastPart;
  }

  String path(String view) {
    return view + lastPart;
  }
}
