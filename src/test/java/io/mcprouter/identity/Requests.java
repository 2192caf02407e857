package io.mcprouter.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests as the data plane shows them to {@link Callers}. */
record Requests(Map<String, List<String>> sent, String peer, String resource, String certificate)
    implements CallerRequest {
  static final String RESOURCE = "https://router.example.com/mcp";

  static Requests none() {
    return new Requests(Map.of(), "127.0.0.1", RESOURCE, null);
  }

  static Requests bearer(String credential) {
    return none().with("Authorization", "Bearer " + credential);
  }

  Requests with(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(sent);
    more.merge(
        name.toLowerCase(Locale.ROOT),
        List.of(value),
        (before, added) -> {
          List<String> both = new ArrayList<>(before);
          both.addAll(added);
          return both;
        });
    return new Requests(more, peer, resource, certificate);
  }

  Requests from(String address) {
    return new Requests(sent, address, resource, certificate);
  }

  Requests to(String url) {
    return new Requests(sent, peer, url, certificate);
  }

  Requests provenBy(String subject) {
    return new Requests(sent, peer, resource, subject);
  }

  @Override
  public List<String> headers(String name) {
    return sent.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public String certificateSubject() {
    return certificate;
  }
}
