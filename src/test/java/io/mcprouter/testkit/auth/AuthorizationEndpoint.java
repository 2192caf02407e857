package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends the browser back at once: its user is logged in and says yes, or what the script says. */
final class AuthorizationEndpoint {
  private final String issuer;
  private final Script script;
  private final Clients clients;
  private final Ledger ledger;

  AuthorizationEndpoint(String issuer, Script script, Clients clients, Ledger ledger) {
    this.issuer = issuer;
    this.script = script;
    this.clients = clients;
    this.ledger = ledger;
  }

  Answer answer(RecordedRequest request) {
    RegisteredClient client = client(request.parameter("client_id"));
    String redirectUri = request.parameter("redirect_uri");
    Refusal.unless(client.allows(redirectUri), "invalid_request", "redirect_uri is not registered");
    Map<String, String> back = new LinkedHashMap<>();
    try {
      back.put("code", code(request, client, redirectUri));
    } catch (Refusal refusal) {
      back.put("error", refusal.error());
      back.put("error_description", refusal.getMessage());
    }
    back.put("state", request.parameter("state"));
    String iss = iss();
    if (iss != null) {
      back.put("iss", iss);
    }
    return Answer.redirect(URI.create(redirectUri + separator(redirectUri) + query(back)));
  }

  private String code(RecordedRequest request, RegisteredClient client, String redirectUri) {
    String denial = script.denial();
    Refusal.unless(denial == null, String.valueOf(denial), "the user or the server said no");
    Refusal.unless(
        request.parameter("response_type").equals("code"),
        "unsupported_response_type",
        "only code");
    Refusal.unless(
        request.parameter("code_challenge_method").equals("S256")
            && !request.parameter("code_challenge").isEmpty(),
        "invalid_request",
        "PKCE with S256 is required");
    Refusal.unless(
        request.has("resource") || !script.has(Feature.RESOURCE_REQUIRED),
        "invalid_target",
        "resource is missing");
    return ledger.code(
        new Ledger.Code(grant(request, client), redirectUri, request.parameter("code_challenge")));
  }

  private Grant grant(RecordedRequest request, RegisteredClient client) {
    Set<String> asked = TokenEndpoint.scopes(request);
    return new Grant(
        Ledger.random("family"),
        user(request),
        client.id(),
        asked.isEmpty() ? script.scopes() : asked,
        request.has("resource") ? request.parameter("resource") : null,
        request.has("nonce") ? request.parameter("nonce") : null);
  }

  private String user(RecordedRequest request) {
    for (String pair : request.header("cookie").split("; ")) {
      if (pair.startsWith(Browser.USER_COOKIE + "=")) {
        return pair.substring(Browser.USER_COOKIE.length() + 1);
      }
    }
    return script.user();
  }

  private @Nullable String iss() {
    return switch (script.iss()) {
      case RIGHT -> issuer;
      case ABSENT -> null;
      case WRONG -> "https://another.example";
      case WITH_SLASH -> issuer + "/";
    };
  }

  private RegisteredClient client(String id) {
    RegisteredClient known = clients.find(id);
    if (known != null) {
      return known;
    }
    Refusal.unless(
        id.startsWith("http") && script.has(Feature.CLIENT_DOCUMENTS),
        "invalid_client",
        "nobody knows this client");
    RegisteredClient described =
        new RegisteredClient(
            id,
            null,
            "none",
            script.has(Feature.CLIENT_DOCUMENTS_READ) ? read(id) : List.of(),
            null,
            null);
    clients.add(described);
    return described;
  }

  /** The redirect addresses that a client's metadata document names. */
  private static List<String> read(String id) {
    try (InputStream text = URI.create(id).toURL().openStream()) {
      JsonNode document = Answer.JSON.readTree(text);
      Refusal.unless(
          document.path("client_id").asText().equals(id),
          "invalid_client",
          "the document names another client");
      List<String> uris = new ArrayList<>();
      document.path("redirect_uris").forEach(uri -> uris.add(uri.asText()));
      Refusal.unless(!uris.isEmpty(), "invalid_client", "the document has no redirect_uris");
      return uris;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String separator(String uri) {
    return uri.contains("?") ? "&" : "?";
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
