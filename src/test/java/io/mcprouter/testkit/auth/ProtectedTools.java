package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The MCP of a protected server: a tool that says whose token came, and one that needs more. */
final class ProtectedTools {
  /** Any token will do. */
  static final String WHOAMI = "whoami";

  /** Needs a scope of its own. */
  static final String ADMIN = "admin";

  private ProtectedTools() {}

  static JsonNode parse(String message) {
    try {
      return Answer.JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean needsMore(JsonNode message) {
    return message.path("method").asText().equals("tools/call")
        && message.path("params").path("name").asText().equals(ADMIN);
  }

  /** The reply to a message, null where none is due. */
  static @Nullable String reply(JsonNode message, IssuedToken token) {
    if (!message.has("id") || !message.has("method")) {
      return null;
    }
    ObjectNode reply = Answer.JSON.createObjectNode().put("jsonrpc", "2.0");
    reply.set("id", message.get("id"));
    switch (message.get("method").asText()) {
      case "initialize" -> reply.set("result", initialized(message));
      case "ping" -> reply.putObject("result");
      case "tools/list" -> reply.set("result", tools());
      case "tools/call" -> reply.set("result", whoami(token));
      default ->
          reply.putObject("error").put("code", -32601).put("message", "this server has tools only");
    }
    return reply.toString();
  }

  /** A refusal on a connection that has no status for each message. */
  static String refused(JsonNode message, String scope) {
    ObjectNode reply = Answer.JSON.createObjectNode().put("jsonrpc", "2.0");
    reply.set("id", message.get("id"));
    reply.putObject("error").put("code", -32001).put("message", "insufficient_scope: " + scope);
    return reply.toString();
  }

  private static ObjectNode initialized(JsonNode message) {
    ObjectNode result = Answer.JSON.createObjectNode();
    result.set("protocolVersion", message.path("params").path("protocolVersion"));
    result.putObject("capabilities").putObject("tools");
    result.putObject("serverInfo").put("name", "protected").put("version", "1.0.0");
    return result;
  }

  private static ObjectNode tools() {
    ObjectNode result = Answer.JSON.createObjectNode();
    for (String name : new String[] {WHOAMI, ADMIN}) {
      ObjectNode tool = result.withArray("tools").addObject().put("name", name);
      tool.put("description", "Says whose token came");
      tool.putObject("inputSchema").put("type", "object");
    }
    return result;
  }

  private static ObjectNode whoami(IssuedToken token) {
    ObjectNode said =
        Answer.JSON
            .createObjectNode()
            .put("subject", token.subject())
            .put("token", token.id())
            .put("client", token.clientId())
            .put("scope", String.join(" ", token.scopes()));
    ObjectNode result = Answer.JSON.createObjectNode();
    result.withArray("content").addObject().put("type", "text").put("text", said.toString());
    return result;
  }
}
