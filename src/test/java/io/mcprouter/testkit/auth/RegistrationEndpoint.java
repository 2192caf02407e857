package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Registers each client that asks (RFC 7591), with the authentication that it asks for. */
final class RegistrationEndpoint {
  private final Script script;
  private final Clients clients;

  RegistrationEndpoint(Script script, Clients clients) {
    this.script = script;
    this.clients = clients;
  }

  Answer answer(RecordedRequest request) {
    if (!script.has(Feature.REGISTRATION)) {
      return Answer.status(404);
    }
    ObjectNode metadata = metadata(request);
    List<String> redirectUris = new ArrayList<>();
    metadata.path("redirect_uris").forEach(uri -> redirectUris.add(uri.asText()));
    Refusal.unless(!redirectUris.isEmpty(), "invalid_redirect_uri", "no redirect_uris");
    String method = metadata.path("token_endpoint_auth_method").asText("client_secret_basic");
    RegisteredClient client =
        new RegisteredClient(
            Ledger.random("client"),
            method.startsWith("client_secret") ? Ledger.random("secret") : null,
            method,
            redirectUris,
            metadata.path("application_type").textValue(),
            null);
    clients.add(client);
    return Answer.json(201, describe(metadata, client));
  }

  private static ObjectNode metadata(RecordedRequest request) {
    try {
      return (ObjectNode) Answer.JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      throw new Refusal("invalid_client_metadata", "no JSON");
    }
  }

  private static ObjectNode describe(ObjectNode metadata, RegisteredClient client) {
    ObjectNode answer =
        metadata
            .put("client_id", client.id())
            .put("client_id_issued_at", Instant.now().getEpochSecond())
            .put("token_endpoint_auth_method", client.method());
    if (client.secret() != null) {
      answer.put("client_secret", client.secret()).put("client_secret_expires_at", 0);
    }
    return answer;
  }
}
