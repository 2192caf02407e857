package io.mcprouter.testkit.auth;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived, secrets in clear: the test that made them up looks for them.
 *
 * @param parameters of query and form, by name
 * @param headers by name in lower case
 * @param body as it stood
 */
public record RecordedRequest(
    Endpoint endpoint,
    String method,
    URI uri,
    Map<String, List<String>> parameters,
    Map<String, List<String>> headers,
    String body) {
  /** A parameter's value, the empty string where it was not sent. */
  public String parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** A header's value, the empty string where it was not sent. */
  public String header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }
}
