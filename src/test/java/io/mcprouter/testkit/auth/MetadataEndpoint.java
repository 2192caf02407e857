package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a scripted authorization server can, in each form that it publishes. */
final class MetadataEndpoint {
  private final String issuer;
  private final String issuerPath;
  private final Script script;

  MetadataEndpoint(String issuer, String issuerPath, Script script) {
    this.issuer = issuer;
    this.issuerPath = issuerPath;
    this.script = script;
  }

  boolean stands(String path) {
    return form(path) != null;
  }

  private @Nullable WellKnown form(String path) {
    return Arrays.stream(WellKnown.values())
        .filter(script::publishes)
        .filter(form -> form.path(issuerPath).equals(path))
        .findFirst()
        .orElse(null);
  }

  Answer answer(RecordedRequest request) {
    WellKnown form = form(request.uri().getPath());
    if (form == null) {
      return Answer.status(404);
    }
    ObjectNode document = document();
    if (form.isOpenId()) {
      list(document, "subject_types_supported", List.of("public"));
      list(document, "id_token_signing_alg_values_supported", List.of("RS256"));
    }
    script.edit(form, document);
    return Answer.json(200, document);
  }

  private ObjectNode document() {
    ObjectNode document =
        Answer.JSON
            .createObjectNode()
            .put("issuer", issuer)
            .put("authorization_endpoint", issuer + Endpoint.AUTHORIZATION.path())
            .put("token_endpoint", issuer + Endpoint.TOKEN.path())
            .put("introspection_endpoint", issuer + Endpoint.INTROSPECTION.path())
            .put("jwks_uri", issuer + Endpoint.JWKS.path());
    list(document, "response_types_supported", List.of("code"));
    list(document, "scopes_supported", List.copyOf(script.scopes()));
    list(
        document,
        "grant_types_supported",
        List.of(
            "authorization_code",
            "refresh_token",
            "client_credentials",
            TokenEndpoint.EXCHANGE,
            TokenEndpoint.JWT_BEARER));
    list(
        document,
        "token_endpoint_auth_methods_supported",
        List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt"));
    list(document, "token_endpoint_auth_signing_alg_values_supported", List.of("RS256", "ES256"));
    addFeatures(document);
    return document;
  }

  private void addFeatures(ObjectNode document) {
    if (script.has(Feature.REGISTRATION)) {
      document.put("registration_endpoint", issuer + Endpoint.REGISTRATION.path());
    }
    if (script.has(Feature.REVOCATION_ADVERTISED)) {
      document.put("revocation_endpoint", issuer + Endpoint.REVOCATION.path());
    }
    if (script.has(Feature.S256_ADVERTISED)) {
      list(document, "code_challenge_methods_supported", List.of("S256"));
    }
    if (script.has(Feature.CLIENT_DOCUMENTS)) {
      document.put("client_id_metadata_document_supported", true);
    }
    if (script.has(Feature.ISS_ADVERTISED)) {
      document.put("authorization_response_iss_parameter_supported", true);
    }
  }

  private static void list(ObjectNode document, String name, List<String> values) {
    ArrayNode list = document.putArray(name);
    values.forEach(list::add);
  }
}
