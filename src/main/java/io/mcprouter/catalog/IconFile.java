package io.mcprouter.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that an {@code iconPath} names. A relative path stays in the router's working directory,
 * whatever it and the links on its way say; an absolute one is where the administrator says.
 */
final class IconFile {
  private static final Path HOME = Path.of("");

  /** What makes a drawing do something, or ask for something elsewhere. */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "<\\s*(\\w+:)?(script|foreignObject|iframe|embed|object)\\b|<!ENTITY|<\\?xml-stylesheet"
              + "|\\son\\w+\\s*=|javascript:|@import",
          Pattern.CASE_INSENSITIVE);

  private IconFile() {}

  /** The path leads out of the working directory, or to what is no file. */
  static final class OutsideException extends IOException {
    private static final long serialVersionUID = 1L;

    OutsideException(String message) {
      super(message);
    }
  }

  /** The file itself, behind all links. */
  static Path real(String path) throws IOException {
    return real(HOME, path);
  }

  static Path real(Path home, String path) throws IOException {
    Path named = Path.of(path);
    Path file = home.resolve(named).toRealPath();
    if (!named.isAbsolute() && !file.startsWith(home.toRealPath())) {
      throw new OutsideException("a relative path must stay in the working directory");
    }
    if (!Files.isRegularFile(file)) {
      throw new OutsideException("it is no file");
    }
    return file;
  }

  /** The media type by the first bytes, or null for what is no image that merely shows itself. */
  static @Nullable String type(byte[] image) {
    String text = new String(image, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n")) {
      return "image/png";
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (text.startsWith("GIF8")) {
      return "image/gif";
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    boolean isDrawing = text.substring(0, Math.min(text.length(), 1024)).contains("<svg");
    return isDrawing && !ACTIVE.matcher(text).find() ? "image/svg+xml" : null;
  }
}
