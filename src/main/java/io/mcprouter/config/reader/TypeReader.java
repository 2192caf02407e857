package io.mcprouter.config.reader;

import io.mcprouter.config.NearestName;
import io.mcprouter.config.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds an entry's transport: as it is written, else from its URL or command. */
final class TypeReader {
  private static final List<String> SPELLINGS = List.of("type", "transport", "transportType");

  /** What desktop clients write for streamable HTTP. */
  private static final String DESKTOP_HTTP = "streamableHttp";

  private final Fields entry;
  private final UrlCheck urls;

  TypeReader(Fields entry, UrlCheck urls) {
    this.entry = entry;
    this.urls = urls;
  }

  /** The transport; noted and null where it cannot be told. */
  @Nullable Transport read() {
    List<String> written = SPELLINGS.stream().filter(entry::has).toList();
    if (written.size() > 1) {
      entry.error(
          written.get(1), "says the same as '" + written.getFirst() + "'; keep 'type' alone");
      return null;
    }
    return written.isEmpty() ? inferred() : written(written.getFirst());
  }

  private @Nullable Transport written(String key) {
    String text = entry.text(key);
    if (text == null) {
      return null;
    }
    Optional<Transport> transport =
        text.equals(DESKTOP_HTTP) ? Optional.of(Transport.STREAMABLE_HTTP) : Transport.of(text);
    if (transport.isEmpty()) {
      entry.error(key, "is no transport" + suggestion(text));
      return null;
    }
    return transport.filter(this::hasAddress).orElse(null);
  }

  private static String suggestion(String text) {
    List<String> names = Transport.ofFile().stream().map(Transport::text).toList();
    return NearestName.of(text, names)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse("; write one of " + String.join(", ", names));
  }

  private boolean hasAddress(Transport transport) {
    String needed = transport == Transport.STDIO ? "command" : "url";
    if (entry.has(needed)) {
      return true;
    }
    entry
        .faults()
        .error(
            entry.at(),
            entry.path(),
            "has no '" + needed + "', which type " + transport + " needs; add it");
    return false;
  }

  private @Nullable Transport inferred() {
    boolean command = entry.has("command");
    boolean url = entry.has("url");
    if (command && url) {
      entry
          .faults()
          .error(
              entry.at(),
              entry.path(),
              "has both 'url' and 'command'; write 'type' to say which is meant");
      return null;
    }
    if (!command && !url) {
      entry
          .faults()
          .error(
              entry.at(),
              entry.path(),
              "has neither 'command' nor 'url'; add the one that reaches it");
      return null;
    }
    return command ? Transport.STDIO : ofUrl();
  }

  private @Nullable Transport ofUrl() {
    String url = entry.text("url");
    if (url == null) {
      return null;
    }
    String start = urls.start(url);
    if (start.isEmpty() && !url.isEmpty()) {
      entry.error(
          "url",
          "begins with a value that is not known, so 'type' cannot be told; set the variable or"
              + " write 'type'");
      return null;
    }
    String lower = start.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return Transport.SSE;
    }
    if (lower.startsWith("ws://") || lower.startsWith("wss://")) {
      return Transport.WEBSOCKET;
    }
    entry.error("url", "must start with http://, https://, ws:// or wss://");
    return null;
  }
}
