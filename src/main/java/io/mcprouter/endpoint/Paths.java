package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The paths under which clients find the router, and what each shows. */
final class Paths {
  private static final String SERVERS = "/servers/";
  private static final String SETS = "/sets/";

  private Paths() {}

  /** What a path leads to, or null for a path of nothing. */
  static @Nullable Place of(String path) {
    int last = path.lastIndexOf('/');
    Form form = last < 0 ? null : form(path.substring(last + 1));
    if (form == null) {
      return null;
    }
    String before = path.substring(0, last);
    View view = view(before);
    return view == null ? null : new Place(view, form, before);
  }

  private static @Nullable Form form(String name) {
    return switch (name) {
      case "mcp" -> Form.STREAMABLE_HTTP;
      case "sse" -> Form.SSE;
      case "messages" -> Form.SSE_MESSAGES;
      case "ws" -> Form.WEBSOCKET;
      default -> null;
    };
  }

  private static @Nullable View view(String before) {
    if (before.isEmpty()) {
      return View.EVERYTHING;
    }
    String server = name(before, SERVERS);
    if (server != null) {
      return new View.Server(server);
    }
    String set = name(before, SETS);
    return set == null ? null : new View.Toolset(set);
  }

  private static @Nullable String name(String path, String prefix) {
    if (!path.startsWith(prefix)
        || path.indexOf('/', prefix.length()) >= 0
        || path.length() == prefix.length()) {
      return null;
    }
    try {
      return URLDecoder.decode(
          path.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The path of one server's streamable HTTP endpoint. */
  static String ofServer(String name) {
    return SERVERS + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/mcp";
  }

  /** How a client talks. */
  enum Form {
    STREAMABLE_HTTP,
    SSE,
    SSE_MESSAGES,
    WEBSOCKET
  }

  /**
   * A path's meaning.
   *
   * @param view what it shows
   * @param form how clients talk there
   * @param before the path up to the last slash
   */
  record Place(View view, Form form, String before) {
    /** The same place under the router's own name of what it shows. */
    Place showing(View resolved) {
      return resolved.equals(view) ? this : new Place(resolved, form, before);
    }
  }
}
