package io.mcprouter.testkit;

/** How the router reaches a server. */
public enum South {
  STDIO("stdio", "stdio", ""),
  SSE("sse", "sse", "http://127.0.0.1:%d/sse"),
  HTTP("http", "streamable-http", "http://127.0.0.1:%d/mcp"),
  WEBSOCKET("ws", "websocket", "ws://127.0.0.1:%d/");

  private final String argument;
  private final String type;
  private final String url;

  South(String argument, String type, String url) {
    this.argument = argument;
    this.type = type;
    this.url = url;
  }

  /** What the peers' command line calls it. */
  String argument() {
    return argument;
  }

  /** What an entry's {@code type} calls it. */
  String type() {
    return type;
  }

  String url(int port) {
    return url.formatted(port);
  }

  /** The name of the server that speaks it, where a test has one for each. */
  public String server() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether a session has a child process of its own, so that sessions share no state. */
  public boolean isChild() {
    return this == STDIO;
  }
}
