package io.mcprouter.config.reader;

import io.mcprouter.config.TemplateToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a URL as far as it can be known before a user calls. */
final class UrlCheck {
  /** Stands for a user's value, which is percent-encoded when it comes. */
  private static final String VALUE = "v";

  private static final Pattern CHARACTERS =
      Pattern.compile("([A-Za-z0-9._~:/?#@!$&'()*+,;=\\[\\]-]|%[0-9A-Fa-f]{2})*");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");
  private static final int MAX_PORT = 65_535;

  private final Templates templates;
  private final Faults faults;

  UrlCheck(Templates templates, Faults faults) {
    this.templates = templates;
    this.faults = faults;
  }

  /** Checks the placeholders of a URL, and all else where every variable in it is set. */
  void check(Fields.Item url, List<String> schemes) {
    templates.check(url);
    Probe probe = probe(url.text());
    if (probe != null) {
      problem(probe, schemes).ifPresent(problem -> faults.error(url.at(), url.path(), problem));
    }
  }

  /** Checks a proxy's URL, which may hold credentials: there is no other place for them. */
  void checkProxy(Fields.Item proxy, List<String> schemes) {
    Probe written = probe(proxy.text());
    if (written == null) {
      return;
    }
    String url = written.text.replaceFirst("://[^/?#@]*@", "://");
    Probe bare = new Probe(url, url.length());
    problem(bare, schemes).ifPresent(problem -> faults.error(proxy.at(), proxy.path(), problem));
  }

  /** The URL with its variables expanded, as far as they are set. */
  String start(String url) {
    StringBuilder text = new StringBuilder();
    for (TemplateToken token : templates.tokens(url)) {
      String part =
          switch (token) {
            case TemplateToken.Literal literal -> literal.text();
            case TemplateToken.EnvironmentReference reference -> templates.value(reference);
            case TemplateToken.UserReference reference -> null;
          };
      if (part == null) {
        break;
      }
      text.append(part);
    }
    return text.toString();
  }

  private @Nullable Probe probe(String url) {
    StringBuilder text = new StringBuilder();
    int userValue = -1;
    for (TemplateToken token : templates.tokens(url)) {
      switch (token) {
        case TemplateToken.Literal literal -> text.append(literal.text());
        case TemplateToken.UserReference reference -> {
          userValue = userValue < 0 ? text.length() : userValue;
          text.append(VALUE);
        }
        case TemplateToken.EnvironmentReference reference -> {
          String value = templates.value(reference);
          if (value == null) {
            return null;
          }
          text.append(value);
        }
      }
    }
    return new Probe(text.toString(), userValue < 0 ? text.length() : userValue);
  }

  private static Optional<String> problem(Probe probe, List<String> schemes) {
    int colon = probe.text.indexOf("://");
    String scheme = colon < 0 ? "" : probe.text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (probe.userValue <= Math.max(colon, 0) && probe.userValue < probe.text.length()) {
      return Optional.of("must not begin with a user's value; write scheme and host literally");
    }
    if (!schemes.contains(scheme)) {
      return Optional.of("must start with " + String.join(":// or ", schemes) + "://");
    }
    int end = endOfAuthority(probe.text, colon + 3);
    if (probe.userValue < end) {
      return Optional.of("lets a user's value choose the host; put it after the first '/'");
    }
    return authorityProblem(probe.text.substring(colon + 3, end))
        .or(() -> restProblem(probe.text.substring(end), schemes));
  }

  private static Optional<String> authorityProblem(String authority) {
    if (authority.indexOf('@') >= 0) {
      return Optional.of("holds credentials before the host; send them in 'headers'");
    }
    var matcher = HOST.matcher(authority);
    if (!matcher.matches()) {
      return Optional.of("has no valid host and port; write scheme://host:port/path");
    }
    String port = matcher.group("port");
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT)) {
      return Optional.of("has a port outside 1 to " + MAX_PORT);
    }
    return Optional.empty();
  }

  private static Optional<String> restProblem(String rest, List<String> schemes) {
    if (!CHARACTERS.matcher(rest).matches()) {
      return Optional.of("holds a blank or another character that must be percent-encoded");
    }
    if (rest.indexOf('#') >= 0 && schemes.contains("ws")) {
      return Optional.of("has a fragment (#), which a websocket URL must not have; remove it");
    }
    return Optional.empty();
  }

  private static int endOfAuthority(String url, int from) {
    int at = from;
    while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** A URL and where the first user's value stands in it, its length where there is none. */
  private record Probe(String text, int userValue) {}
}
