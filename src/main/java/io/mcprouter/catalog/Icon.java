package io.mcprouter.catalog;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image that an entry's {@code iconPath} names, as the JSON of MCP's {@code icons} (revision
 * 2025-11-25). A file is read once, away from the event loops, and becomes a data URI.
 */
final class Icon {
  static final Icon NONE = new Icon();

  /** The largest image that is put into lists. */
  static final int MAX_BYTES = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Icon.class);

  private final CompletableFuture<Void> ready;
  private volatile byte @Nullable [] json;

  private Icon() {
    this.ready = CompletableFuture.completedFuture(null);
  }

  private Icon(String path, String server) {
    this.ready = new CompletableFuture<>();
    Thread.ofVirtual().name("mcp-icon-" + server).start(() -> load(path, server));
  }

  static Icon of(ServerDefinition definition) {
    String path = definition.presentation().iconPath();
    if (path == null || path.isBlank()) {
      return NONE;
    }
    String start = path.substring(0, Math.min(8, path.length())).toLowerCase(Locale.ROOT);
    if (start.startsWith("http://") || start.startsWith("https://") || start.startsWith("data:")) {
      Icon icon = new Icon();
      icon.show(path, definition.name());
      return icon;
    }
    return new Icon(path, definition.name());
  }

  /** Complete when {@link #json()} is final. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** The JSON array, or null for none. */
  byte @Nullable [] json() {
    return json;
  }

  private void show(String source, String server) {
    if (source.length() > 2 * MAX_BYTES) {
      refuse(server, "it is longer than " + 2 * MAX_BYTES + " characters");
    } else {
      json = Messages.join("[{\"src\":", JsonText.quoted(source), "}]");
    }
  }

  private void load(String path, String server) {
    try (InputStream in = Files.newInputStream(IconFile.real(path))) {
      byte[] image = in.readNBytes(MAX_BYTES + 1);
      String type = IconFile.type(image);
      if (image.length > MAX_BYTES) {
        refuse(server, "the file holds more than " + MAX_BYTES + " bytes");
      } else if (type == null) {
        refuse(server, "the file is no PNG, JPEG, GIF, WebP or plain SVG image");
      } else {
        show("data:" + type + ";base64," + Base64.getEncoder().encodeToString(image), server);
      }
    } catch (IconFile.OutsideException e) {
      refuse(server, String.valueOf(e.getMessage()));
    } catch (IOException | InvalidPathException e) {
      refuse(server, "no such file can be read (" + e.getClass().getSimpleName() + ")");
    } finally {
      ready.complete(null);
    }
  }

  private static void refuse(String server, String why) {
    LOG.warn("Server '{}': its iconPath is not shown to clients: {}", server, why);
  }
}
