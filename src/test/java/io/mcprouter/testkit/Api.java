package io.mcprouter.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A client of the control plane's API, with the headers of one user. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final List<String> headers;

  private Api(URI base, List<String> headers) {
    this.base = base;
    this.headers = headers;
  }

  public static Api of(RouterUnderTest router, String... headers) {
    return of(router.control("/"), headers);
  }

  /** The same of a control plane anywhere. */
  public static Api of(URI control, String... headers) {
    return new Api(control, List.of(headers));
  }

  /** The same with one more header. */
  public Api with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.addAll(List.of(name, value));
    return new Api(base, more);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path) {
    return send("POST", path, null);
  }

  public Answer post(String path, String json) {
    return send("POST", path, json);
  }

  public Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  private Answer send(String method, String path, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(int status, String body, java.util.Map<String, List<String>> headers) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The text at a JSON pointer, empty where there is none. */
    public String at(String pointer) {
      return json().at(pointer).asText();
    }
  }
}
