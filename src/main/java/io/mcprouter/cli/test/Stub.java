package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.SourceLocation;
import java.util.Comparator;
import java.util.Map;

/**
 * What stands for a server.
 *
 * @param at where the file says it
 * @param places where it says what an entry would say as well: by key, and each template by its
 *     name between quotation marks
 * @param entry what an entry of the servers file would say of it, beside where the server is
 * @param tools its tools by name
 */
public record Stub(
    String name,
    SourceLocation at,
    Map<String, SourceLocation> places,
    ObjectNode entry,
    Map<String, StubTool> tools) {
  public Stub {
    places = Map.copyOf(places);
  }

  /**
   * Where a fault is.
   *
   * @param path what is wrong of the entry
   * @param message what is wrong with it, a template's name between quotation marks
   */
  public SourceLocation place(String path, String message) {
    return places.keySet().stream()
        .filter(key -> key.startsWith("'") && message.contains(key))
        .min(Comparator.comparing(message::indexOf))
        .or(() -> places.keySet().stream().filter(path::contains).findFirst())
        .map(places::get)
        .orElse(at);
  }
}
