package io.mcprouter.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a server is reached, under the names that {@code type} takes in the file. */
public enum Transport {
  STDIO("stdio"),
  SSE("sse"),
  STREAMABLE_HTTP("streamable-http"),
  WEBSOCKET("websocket"),
  /** Camel routes of this very process ({@code mcp-tool} and its like); no file can name it. */
  ROUTES("routes");

  private static final String HTTP_ALIAS = "http";

  private final String text;

  Transport(String text) {
    this.text = text;
  }

  /** The transport of that name; {@code http} is an alias of {@code streamable-http}. */
  public static Optional<Transport> of(String text) {
    if (text.equals(HTTP_ALIAS)) {
      return Optional.of(STREAMABLE_HTTP);
    }
    return ofFile().stream().filter(transport -> transport.text.equals(text)).findFirst();
  }

  /** The transports that an entry of a file can have. */
  public static List<Transport> ofFile() {
    return Arrays.stream(values()).filter(transport -> transport != ROUTES).toList();
  }

  public String text() {
    return text;
  }

  /** The URL schemes that a server of this transport may have; none for a child process. */
  public List<String> schemes() {
    return switch (this) {
      case STDIO, ROUTES -> List.of();
      case SSE, STREAMABLE_HTTP -> List.of("http", "https");
      case WEBSOCKET -> List.of("ws", "wss");
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
