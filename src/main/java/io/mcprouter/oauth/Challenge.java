package io.mcprouter.oauth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case; of two with one name the first
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final String BEARER = "bearer";

  /** A bearer challenge that says nothing more. */
  static final Challenge NONE = new Challenge(BEARER, Map.of());

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  /**
   * The first bearer challenge among those of a header, or null. What cannot be read ends the list:
   * a server's mistake must not hide the challenges before it.
   */
  static @Nullable Challenge bearer(@Nullable String header) {
    return header == null
        ? null
        : all(header).stream().filter(one -> one.scheme.equals(BEARER)).findFirst().orElse(null);
  }

  static List<Challenge> all(String header) {
    return new Reader(header).challenges();
  }

  @Nullable String resourceMetadata() {
    return parameters.get("resource_metadata");
  }

  List<String> scopes() {
    return Scopes.of(parameters.get("scope"));
  }

  boolean wantsMoreScope() {
    return "insufficient_scope".equalsIgnoreCase(parameters.get("error"));
  }

  /** Takes the header apart from left to right. */
  private static final class Reader {
    private static final Pattern TOKEN68 = Pattern.compile("[ \\t]+[\\w.~+/-]+=*[ \\t]*(?=,|$)");

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Challenge> challenges() {
      List<Challenge> found = new ArrayList<>();
      for (skipSeparators(); at < text.length(); skipSeparators()) {
        String scheme = token();
        if (scheme.isEmpty()) {
          return found;
        }
        found.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters()));
      }
      return found;
    }

    private Map<String, String> parameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      skipToken68();
      while (true) {
        int before = at;
        skipSeparators();
        String name = token();
        skipBlanks();
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
          at = before;
          return parameters;
        }
        at++;
        skipBlanks();
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value());
      }
    }

    /** Such as a Negotiate challenge has in place of parameters. */
    private void skipToken68() {
      Matcher token = TOKEN68.matcher(text).region(at, text.length());
      if (token.lookingAt()) {
        at = token.end();
      }
    }

    private String value() {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
        value.append(text.charAt(escaped ? ++at : at));
      }
      at = Math.min(at + 1, text.length());
      return value.toString();
    }

    private String token() {
      int start = at;
      while (at < text.length() && isToken(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private static boolean isToken(char one) {
      return one > ' ' && one < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(one) < 0;
    }

    private void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    private void skipSeparators() {
      while (at < text.length() && ", \t".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
  }
}
