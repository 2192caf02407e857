package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client without a thought of its own, for the tests of the test servers. */
final class PlainOAuthClient implements AutoCloseable {
  static final String VERIFIER = "v".repeat(64);
  private static final String REDIRECT = "http://127.0.0.1:1/callback";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Browser browser = new Browser();
  private final ScriptedAuthorizationServer server;
  private final String resource;
  private final String clientId;

  PlainOAuthClient(ScriptedAuthorizationServer server, String resource) {
    this.server = server;
    this.resource = resource;
    this.clientId = register();
  }

  private String register() {
    ObjectNode metadata = Answer.JSON.createObjectNode().put("token_endpoint_auth_method", "none");
    metadata.withArray("redirect_uris").add(REDIRECT);
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(Endpoint.REGISTRATION))
            .POST(HttpRequest.BodyPublishers.ofString(metadata.toString()))
            .build();
    return json(send(request, HttpResponse.BodyHandlers.ofString())).path("client_id").asText();
  }

  /** Where the browser is sent back to. */
  URI authorize() {
    Map<String, String> parameters = parameters();
    parameters.put("response_type", "code");
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("state", "state");
    parameters.put("code_challenge", TokenEndpoint.challenge(VERIFIER));
    parameters.put("code_challenge_method", "S256");
    URI link = URI.create(server.uri(Endpoint.AUTHORIZATION) + "?" + form(parameters));
    return browser.open(link, uri -> uri.toString().startsWith(REDIRECT)).uri();
  }

  String code() {
    Matcher code = Pattern.compile("(?:^|&)code=([^&]*)").matcher(authorize().getQuery());
    if (!code.find()) {
      throw new IllegalStateException("no code");
    }
    return code.group(1);
  }

  JsonNode login() {
    return redeem(code(), VERIFIER);
  }

  JsonNode redeem(String code, String verifier) {
    Map<String, String> parameters = parameters();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("code_verifier", verifier);
    return json(post(Endpoint.TOKEN, parameters));
  }

  JsonNode refresh(String refreshToken) {
    Map<String, String> parameters = parameters();
    parameters.put("grant_type", "refresh_token");
    parameters.put("refresh_token", refreshToken);
    return json(post(Endpoint.TOKEN, parameters));
  }

  void revoke(String token) {
    Map<String, String> parameters = parameters();
    parameters.put("token", token);
    post(Endpoint.REVOCATION, parameters);
  }

  private Map<String, String> parameters() {
    return new LinkedHashMap<>(Map.of("client_id", clientId, "resource", resource));
  }

  private HttpResponse<String> post(Endpoint endpoint, Map<String, String> parameters) {
    return send(
        HttpRequest.newBuilder(server.uri(endpoint))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(parameters)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> stream(URI uri) {
    return send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return Answer.JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    browser.close();
    http.close();
  }
}
