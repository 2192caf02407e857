package io.mcprouter.demo;

import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Revision;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What the server says of itself: listings, each a JSON file beside this class, and its name. */
final class Documents {
  static final byte[] TOOLS = read("tools.json");
  static final byte[] PROMPTS = read("prompts.json");
  static final byte[] RESOURCES = read("resources.json");

  private static final String INSTRUCTIONS =
      "Harmless tools to try the router with: echo and greet give a text back, add adds two"
          + " numbers, time tells the time, and count counts slowly, with progress.";

  private Documents() {}

  static byte[] initialized(Revision revision) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("protocolVersion", revision.text());
          json.writeObjectFieldStart("capabilities");
          for (String capability : new String[] {"tools", "prompts", "resources"}) {
            json.writeObjectFieldStart(capability);
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeObjectFieldStart("serverInfo");
          json.writeStringField("name", "mcp-router-demo");
          json.writeStringField("title", "mcp-router demo");
          json.writeStringField("version", version());
          json.writeEndObject();
          json.writeStringField("instructions", INSTRUCTIONS);
          json.writeEndObject();
        });
  }

  /** The jar's version; classes that a build runs have none. */
  private static String version() {
    String version = Documents.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0" : version;
  }

  private static byte[] read(String name) {
    try (InputStream in = Documents.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
