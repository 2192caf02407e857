package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;

/** What an endpoint answers. */
record Answer(int status, Map<String, String> headers, String body) {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> JSON_HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

  static Answer json(int status, ObjectNode body) {
    return json(status, body.toString());
  }

  static Answer json(int status, String body) {
    return new Answer(status, JSON_HEADERS, body);
  }

  static Answer redirect(URI to) {
    return new Answer(302, Map.of("Location", to.toString()), "");
  }

  static Answer status(int status) {
    return new Answer(status, Map.of(), "");
  }

  /** An error as RFC 6749 §5.2 has it. */
  static Answer error(Refusal refusal) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("error", refusal.error())
            .put("error_description", refusal.getMessage());
    return json(refusal.error().equals("invalid_client") ? 401 : 400, body);
  }
}
