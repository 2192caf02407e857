package io.mcprouter.testkit.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's browser: it keeps cookies for each origin, follows redirects, and presses the button of
 * the first form that it is shown, and of each that asks for something its user can type. It runs
 * no script and asks for no picture.
 */
public final class Browser implements AutoCloseable {
  static final String USER_COOKIE = "logged_in_user";

  private static final int MOST_HOPS = 12;
  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("<(?:input|button)\\b([^>]*)>", Pattern.CASE_INSENSITIVE);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<String, Map<String, String>> cookies = new HashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> typed = new LinkedHashMap<>();

  /**
   * Where the browser came to stand.
   *
   * @param uri of the page, or where it was about to go when it was told to stop
   * @param status 0 where it stopped before it went there
   * @param visited every address on the way, this one too
   */
  public record Page(
      URI uri, int status, String body, Map<String, List<String>> headers, List<URI> visited) {}

  /** Sends a header with each request to everyone, such as what a proxy in front would add. */
  public Browser header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Types a text into each field of a name. */
  public Browser typing(String field, String text) {
    typed.put(field, text);
    return this;
  }

  /** Is logged in as somebody at a scripted authorization server. */
  public Browser loggedIn(ScriptedAuthorizationServer server, String user) {
    return cookie(URI.create(server.issuer()), USER_COOKIE, user);
  }

  public Browser cookie(URI at, String name, String value) {
    jar(at).put(name, value);
    return this;
  }

  /** The cookies that it has of an origin, by name. */
  public Map<String, String> cookies(URI at) {
    return Map.copyOf(jar(at));
  }

  /** Goes where a link leads, and on until nothing leads further. */
  public Page open(URI link) {
    return open(link, uri -> false);
  }

  /** Goes on until it would go to an address of a kind; that request is not sent. */
  public Page open(URI link, Predicate<URI> stop) {
    List<URI> visited = new ArrayList<>();
    URI next = link;
    @Nullable String form = null;
    boolean submitted = false;
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      visited.add(next);
      if (stop.test(next)) {
        return new Page(next, 0, "", Map.of(), visited);
      }
      HttpResponse<String> answer = send(next, form);
      String to = answer.headers().firstValue("location").orElse(null);
      Matcher shown = FORM.matcher(answer.body());
      if (answer.statusCode() / 100 == 3 && to != null) {
        // the body goes along with 307 and 308 only
        form = answer.statusCode() >= 307 ? form : null;
        next = next.resolve(to);
      } else if (shown.find() && (asks(shown.group(2)) || !submitted)) {
        submitted = submitted || !asks(shown.group(2));
        form = fields(shown.group(2));
        next = next.resolve(attribute(shown.group(1), "action", next.toString()));
      } else {
        return new Page(next, answer.statusCode(), answer.body(), answer.headers().map(), visited);
      }
    }
    throw new IllegalStateException("too many redirects: " + visited);
  }

  private HttpResponse<String> send(URI uri, @Nullable String form) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    headers.forEach(request::header);
    Map<String, String> jar = jar(uri);
    if (!jar.isEmpty()) {
      request.header(
          "Cookie",
          jar.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .header("Origin", origin(uri))
          .POST(HttpRequest.BodyPublishers.ofString(form));
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      answer.headers().allValues("set-cookie").forEach(cookie -> keep(jar, cookie));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void keep(Map<String, String> jar, String cookie) {
    String[] pair = cookie.split(";", 2)[0].split("=", 2);
    if (cookie.toLowerCase(Locale.ROOT).contains("max-age=0")) {
      jar.remove(pair[0]);
    } else {
      jar.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
  }

  private Map<String, String> jar(URI uri) {
    return cookies.computeIfAbsent(origin(uri), origin -> new LinkedHashMap<>());
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /** Whether a form has a field that the user can fill. */
  private boolean asks(String form) {
    return named(form).anyMatch(field -> typed.containsKey(attribute(field, "name", "")));
  }

  private String fields(String form) {
    return named(form).map(this::filled).collect(Collectors.joining("&"));
  }

  private static Stream<String> named(String form) {
    return FIELD
        .matcher(form)
        .results()
        .map(field -> field.group(1))
        .filter(field -> !attribute(field, "name", "").isEmpty());
  }

  private String filled(String field) {
    String name = attribute(field, "name", "");
    String value = typed.getOrDefault(name, attribute(field, "value", ""));
    return encoded(name) + "=" + encoded(value);
  }

  private static String attribute(String tag, String name, String otherwise) {
    Matcher value =
        Pattern.compile("\\b" + name + "=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE).matcher(tag);
    return value.find() ? value.group(1).replace("&amp;", "&") : otherwise;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
