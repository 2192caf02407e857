package io.mcprouter.wiring;

import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.reader.McpServersReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The servers file inside the program, with the demo server alone. */
public final class BuiltInServers {
  private static final String FILE = "config/mcp-servers.yaml";

  private BuiltInServers() {}

  /** Reads it as any other servers file. */
  public static McpServersFile read(McpServersReader reader) {
    ClassLoader program = BuiltInServers.class.getClassLoader();
    try (InputStream in = Objects.requireNonNull(program.getResourceAsStream(FILE), FILE)) {
      return reader.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
