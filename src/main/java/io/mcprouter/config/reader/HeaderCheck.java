package io.mcprouter.config.reader;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks headers: their names belong to the administrator, some to the protocol. */
final class HeaderCheck {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Would change what the message is, or whose connection it travels on. */
  private static final Set<String> REFUSED =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "proxy-authenticate",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "mcp-session-id",
          "mcp-protocol-version",
          "mcp-method",
          "mcp-name",
          "last-event-id");

  /** Common in existing files and harmless, but always the router's own. */
  private static final Set<String> IGNORED =
      Set.of("content-type", "accept", "content-encoding", "accept-encoding");

  private final Templates templates;
  private final Faults faults;

  HeaderCheck(Templates templates, Faults faults) {
    this.templates = templates;
    this.faults = faults;
  }

  /** The headers that are sent. */
  Map<String, String> check(Map<String, Fields.Item> headers) {
    Map<String, String> sent = new LinkedHashMap<>();
    Map<String, String> spellings = new HashMap<>();
    headers.forEach(
        (name, item) -> {
          String former = spellings.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
          if (former != null) {
            faults.error(
                item.at(), item.path(), "is the same header as '" + former + "'; remove one");
          } else if (isSent(name, item)) {
            checkValue(item);
            sent.put(name, item.text());
          }
        });
    return sent;
  }

  /** Notes a header name that cannot be used. */
  boolean isUsable(String name, Position at, String path) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!TOKEN.matcher(name).matches()) {
      templates.checkLiteral(at, path, name);
      faults.error(at, path, "is no header name; use letters, digits and '-'");
      return false;
    }
    if (REFUSED.contains(lower) || lower.startsWith("sec-websocket-")) {
      faults.error(at, path, "belongs to the protocol and cannot be set; remove it");
      return false;
    }
    return true;
  }

  private boolean isSent(String name, Fields.Item item) {
    if (IGNORED.contains(name.toLowerCase(Locale.ROOT))) {
      faults.warning(
          item.at(), item.path(), "is set by the router itself and has no effect; remove it");
      return false;
    }
    return isUsable(name, item.at(), item.path());
  }

  private void checkValue(Fields.Item item) {
    templates.check(item);
    if (item.text().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      faults.error(item.at(), item.path(), "holds a line break or another control character");
    }
    if (item.text().chars().anyMatch(c -> c > 0xff)) {
      faults.error(item.at(), item.path(), "holds a character beyond Latin-1, which no header can");
    }
  }
}
