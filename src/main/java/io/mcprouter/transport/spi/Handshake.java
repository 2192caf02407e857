package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.Revision;
import java.nio.charset.StandardCharsets;

/**
 * The two messages with which the router opens a conversation as a client (lifecycle,
 * initialization).
 */
public final class Handshake {
  /** The router's name towards servers and clients. */
  public static final String NAME = "mcp-router";

  /** The router's version towards servers and clients. */
  public static final String VERSION = version();

  private Handshake() {}

  public static Frame initialize(byte[] id, String capabilities) {
    byte[] info =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("name", NAME);
              json.writeStringField("version", VERSION);
              json.writeEndObject();
            });
    byte[] params =
        Messages.join(
            "{\"protocolVersion\":\"" + Revision.LATEST + "\",\"capabilities\":",
            capabilities,
            ",\"clientInfo\":",
            info,
            "}");
    return Frame.of(
        new String(Messages.request(id, Methods.INITIALIZE, params), StandardCharsets.UTF_8));
  }

  public static Frame initialized() {
    return Frame.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + Methods.INITIALIZED + "\"}");
  }

  private static String version() {
    String version = Handshake.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }
}
