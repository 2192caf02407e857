package io.mcprouter.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.Revision;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.Handshake;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code initialize} (lifecycle, initialization): for one server with what that server said
 * of itself, else with what the router is.
 */
final class Initialization {
  private static final Set<String> ASKABLE = Set.of("sampling", "elicitation", "roots");

  private final Catalog catalog;
  private final ServerCalls servers;
  private final ClientSessions sessions;
  private final Disclosure disclosure;

  Initialization(
      Catalog catalog, ServerCalls servers, ClientSessions sessions, Disclosure disclosure) {
    this.catalog = catalog;
    this.servers = servers;
    this.sessions = sessions;
    this.disclosure = disclosure;
  }

  /** Opens a session; {@code done} hears of it, with the reply to send, once the reply is known. */
  void initialize(Frame request, Caller caller, View view, Done done) {
    byte[] id = Objects.requireNonNull(request.id(), "a request has an id");
    JsonSpan params = request.params();
    String asked = params == null ? null : params.string("protocolVersion");
    if (params == null || asked == null) {
      done.accept(
          null, Messages.error(id, ErrorCodes.INVALID_PARAMS, "params.protocolVersion is missing"));
      return;
    }
    ClientSession session;
    try {
      session = sessions.open(caller, view, Revision.negotiate(asked), capabilities(params));
    } catch (McpFailure tooMany) {
      done.accept(null, FailureReplies.of(id, tooMany, false));
      return;
    }
    if (view instanceof View.Server one) {
      askServer(request, id, session, one.name(), done);
    } else {
      done.accept(session, Messages.result(id, ownAnswer(session)));
    }
  }

  /** What servers may ask of this client, as the client wrote it. */
  private static String capabilities(JsonSpan params) {
    StringBuilder kept = new StringBuilder("{");
    JsonSpan declared = params.member("capabilities");
    if (declared != null) {
      declared.forEachMember(
          (name, value) -> {
            if (ASKABLE.contains(name)) {
              kept.append(kept.length() > 1 ? "," : "")
                  .append('"')
                  .append(name)
                  .append("\":")
                  .append(value.json());
            }
          });
    }
    return kept.append('}').toString();
  }

  private void askServer(
      Frame request, byte[] id, ClientSession session, String server, Done done) {
    session.servers().add(server);
    servers.send(
        server,
        request,
        ClientCalls.quiet(session),
        (reply, failure) -> {
          JsonSpan said = reply == null ? null : reply.result();
          if (said != null) {
            done.accept(session, Messages.result(id, serverAnswer(session, server, said)));
            return;
          }
          sessions.close(session);
          McpFailure why =
              failure != null ? failure : McpFailure.unavailable(server, "it did not initialize");
          McpFailure told = disclosure.to(session.caller(), why);
          done.accept(null, FailureReplies.of(id, told, session.opensUrls()));
        });
  }

  private byte[] serverAnswer(ClientSession session, String server, JsonSpan said) {
    String instructions = catalog.instructions(session.view(), session.caller());
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("protocolVersion", session.revision().text());
          said.forEachMember(
              (name, value) -> member(json, server, session.revision(), name, value));
          if (instructions != null) {
            json.writeStringField("instructions", instructions);
          }
          json.writeEndObject();
        });
  }

  private void member(
      JsonGenerator json, String server, Revision revision, String name, JsonSpan value) {
    try {
      if (name.equals("protocolVersion") || name.equals("instructions")) {
        return;
      }
      json.writeFieldName(name);
      if (name.equals("serverInfo")) {
        serverInfo(json, server, revision, value);
      } else {
        JsonText.raw(json, value.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's own description, with the entry's icon where it has none. */
  private void serverInfo(JsonGenerator json, String server, Revision revision, JsonSpan info)
      throws IOException {
    byte[] icons =
        revision.hasIcons() && info.member("icons") == null ? catalog.icons(server) : null;
    if (icons == null || !info.isObject()) {
      JsonText.raw(json, info.bytes());
      return;
    }
    json.writeStartObject();
    json.writeFieldName("icons");
    JsonText.raw(json, icons);
    info.forEachMember(
        (name, value) -> {
          try {
            json.writeFieldName(name);
            JsonText.raw(json, value.bytes());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    json.writeEndObject();
  }

  private byte[] ownAnswer(ClientSession session) {
    String instructions = catalog.instructions(session.view(), session.caller());
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("protocolVersion", session.revision().text());
          json.writeFieldName("capabilities");
          ownCapabilities(json, session.revision());
          json.writeObjectFieldStart("serverInfo");
          json.writeStringField("name", Handshake.NAME);
          json.writeStringField("version", Handshake.VERSION);
          json.writeEndObject();
          if (instructions != null) {
            json.writeStringField("instructions", instructions);
          }
          json.writeEndObject();
        });
  }

  /**
   * Everything that can be merged from several servers; completion became a capability with
   * 2025-03-26.
   */
  private static void ownCapabilities(JsonGenerator json, Revision revision) throws IOException {
    json.writeStartObject();
    for (String list : new String[] {"tools", "prompts", "resources"}) {
      json.writeObjectFieldStart(list);
      json.writeBooleanField("listChanged", true);
      if (list.equals("resources")) {
        json.writeBooleanField("subscribe", true);
      }
      json.writeEndObject();
    }
    json.writeObjectFieldStart("logging");
    json.writeEndObject();
    if (revision.compareTo(Revision.V2025_03_26) >= 0) {
      json.writeObjectFieldStart("completions");
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Hears what came of {@code initialize}: a session, or none where the reply is an error. */
  interface Done {
    void accept(@Nullable ClientSession session, byte[] reply);
  }

  /** Whether a request asks to begin a session. */
  static boolean isAskedBy(Frame frame) {
    return frame.isRequest() && frame.method().equals(Methods.INITIALIZE);
  }
}
