package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.identity.Callers;
import io.mcprouter.protocol.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each endpoint says of itself as a protected resource (RFC 9728), and how it asks for a
 * credential ({@code WWW-Authenticate}; MCP, authorization).
 */
final class ResourceMetadata {
  static final CharSequence WWW_AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
  static final String PATH = "/.well-known/oauth-protected-resource";

  private final List<String> issuers;
  private final Supplier<String> baseUrl;
  private final Catalog catalog;

  /**
   * @param issuers the authorization servers whose tokens are taken; none where only other
   *     credentials are
   * @param baseUrl the router's own URL without a slash at its end
   */
  ResourceMetadata(List<String> issuers, Supplier<String> baseUrl, Catalog catalog) {
    this.issuers = List.copyOf(issuers);
    this.baseUrl = baseUrl;
    this.catalog = catalog;
  }

  static boolean isAsked(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /** The URL of an endpoint. */
  String resource(String path) {
    return baseUrl.get() + path;
  }

  /** Serves the metadata document of the endpoint that the path names. */
  void serve(HttpServerRequest request, String path) {
    String endpoint = path.substring(PATH.length());
    Paths.Place place = Paths.of(endpoint.isEmpty() ? "/mcp" : endpoint);
    if (issuers.isEmpty() || place == null) {
      request.response().setStatusCode(404).end("There is no protected resource at this path.");
    } else if (!request.method().equals(HttpMethod.GET)) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET").setStatusCode(405).end();
    } else {
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300")
          .end(Buffer.buffer(document(endpoint, catalog.scopes(place.view()))));
    }
  }

  private byte[] document(String endpoint, Set<String> scopes) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("resource", resource(endpoint));
          json.writeStringField("resource_name", "mcp-router");
          json.writeFieldName("authorization_servers");
          json.writeArray(issuers.toArray(String[]::new), 0, issuers.size());
          json.writeFieldName("bearer_methods_supported");
          json.writeArray(new String[] {"header"}, 0, 1);
          if (!scopes.isEmpty()) {
            json.writeFieldName("scopes_supported");
            json.writeArray(scopes.toArray(String[]::new), 0, scopes.size());
          }
          json.writeEndObject();
        });
  }

  /** Refuses a request whose caller is not known. */
  void refuse(HttpServerRequest request, String path, Callers.Refused refused) {
    if (refused.reason().status() == 401) {
      request
          .response()
          .putHeader(
              WWW_AUTHENTICATE,
              challenge(path, refused.reason().error(), refused.getMessage(), Set.of()));
    }
    request.response().setStatusCode(refused.reason().status()).end(refused.getMessage());
  }

  /** Asks for a token with more scopes (MCP, authorization: scope challenge handling). */
  String insufficientScope(String path, Collection<String> scopes) {
    return challenge(path, "insufficient_scope", "More scopes are needed.", scopes);
  }

  private String challenge(
      String path, @Nullable String error, @Nullable String why, Collection<String> scopes) {
    StringBuilder challenge = new StringBuilder("Bearer realm=\"mcp-router\"");
    if (!issuers.isEmpty()) {
      challenge.append(", resource_metadata=\"").append(baseUrl.get() + PATH + path).append('"');
    }
    if (!scopes.isEmpty()) {
      challenge.append(", scope=\"").append(String.join(" ", scopes)).append('"');
    }
    if (error != null) {
      challenge.append(", error=\"").append(error).append('"');
      challenge.append(", error_description=\"").append(why).append('"');
    }
    return challenge.toString();
  }
}
