package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.Handshake;
import io.mcprouter.transport.spi.InitializeResult;
import java.util.Collection;

/** What a server of routes says of itself. */
final class Listings {
  private Listings() {}

  /** The result of a request for a list; a server's routes fit on one page. */
  static byte[] of(ListKind kind, Collection<RouteItem> items) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart(kind.listKey());
          for (RouteItem item : items) {
            JsonText.raw(json, item.json());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Routes come and go, so everything is declared that one may bring. */
  static InitializeResult initialized(String server) {
    byte[] json =
        JsonText.write(
            out -> {
              out.writeStartObject();
              out.writeStringField("protocolVersion", Revision.LATEST.text());
              out.writeFieldName("capabilities");
              out.writeRawValue(
                  "{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},"
                      + "\"resources\":{\"subscribe\":true,\"listChanged\":true},"
                      + "\"completions\":{},\"logging\":{}}");
              out.writeObjectFieldStart("serverInfo");
              out.writeStringField("name", server);
              out.writeStringField("version", Handshake.VERSION);
              out.writeEndObject();
              out.writeEndObject();
            });
    try {
      return new InitializeResult(Revision.LATEST, JsonSpan.parse(json, Frame.DEFAULT_MAX_DEPTH));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("what was just written is no JSON", e);
    }
  }
}
