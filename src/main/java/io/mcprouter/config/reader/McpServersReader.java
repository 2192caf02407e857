package io.mcprouter.config.reader;

import io.mcprouter.config.Environment;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the servers of a file: YAML with {@code mcpServers} as LibreChat documents it, a whole
 * {@code librechat.yaml}, or the JSON that desktop clients keep ({@code mcpServers}, or {@code
 * servers}). It may be used by several threads.
 */
public final class McpServersReader {
  private final Environment environment;
  private final boolean strict;

  /**
   * @param environment tells which variables are set
   * @param strict whether what is otherwise a warning counts as an error: an unknown key, a
   *     variable that is not set, a setting without effect
   */
  public McpServersReader(Environment environment, boolean strict) {
    this.environment = environment;
    this.strict = strict;
  }

  /**
   * Reads a file. Whatever is wrong with it is in the result: this never throws for its content,
   * nor where it is missing.
   */
  public McpServersFile read(Path file) {
    try {
      return read(file.toString(), bytes(file));
    } catch (NoSuchFileException missing) {
      return refused(file.toString(), "there is no such file; create it or name another one");
    } catch (IOException fault) {
      return refused(
          file.toString(),
          Files.isDirectory(file)
              ? "is a directory; name a file in it"
              : "the file cannot be read: " + fault.getClass().getSimpleName());
    }
  }

  /** The same for what has been read already; no more than the limit and one byte is needed. */
  McpServersFile read(String file, byte[] content) {
    if (content.length > YamlDocument.MAX_SIZE) {
      return refused(file, "the file is larger than 3 MB; split it");
    }
    try {
      return read(
          file, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException fault) {
      return refused(file, "the file is not UTF-8 text; save it as UTF-8");
    }
  }

  /**
   * Reads a text.
   *
   * @param file the name under which its faults are reported
   */
  public McpServersFile read(String file, String text) {
    Faults faults = new Faults(file, strict);
    try {
      return new DocumentReader(environment, faults).read(YamlDocument.read(withoutMark(text)));
    } catch (UnreadableYaml fault) {
      faults.error(fault.at(), DocumentReader.FILE, fault.problem());
      return new McpServersFile.Refused(faults.all());
    }
  }

  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlDocument.MAX_SIZE + 1);
    }
  }

  private McpServersFile refused(String file, String message) {
    Faults faults = new Faults(file, strict);
    faults.error(Position.START, DocumentReader.FILE, message);
    List<Fault> all = faults.all();
    return new McpServersFile.Refused(all);
  }

  /** A byte order mark is no content. */
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
