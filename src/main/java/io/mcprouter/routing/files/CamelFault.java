package io.mcprouter.routing.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Why Camel cannot make or start a route, in one line, and what of the file that is about.
 *
 * @param clues texts, the most telling first, one of which stands in the file where it is wrong
 */
public record CamelFault(String reason, List<String> clues) {
  private static final int LONGEST_REASON = 500;

  /** Names that messages set apart. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\boption ([\\w.*-]+)|\\bdefault of ([\\w.-]+)|with syntax ([\\w.+-]+):"
              + "|[Rr]oute template (\\S+)|'([^']+)'|\\[([^\\]]+)]");

  /** An endpoint's options; what stands in RAW() may hold anything. */
  private static final Pattern OPTIONS =
      Pattern.compile("([\\w+.-]+:[^\\s?]*)\\?[\\w.-]+=(?:\\S*RAW[({].*|\\S*)");

  public CamelFault {
    clues = List.copyOf(clues);
  }

  /** What is wrong, from what Camel, a component or a parser throws. */
  public static CamelFault of(CamelContext camel, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      CamelFault known = known(camel, cause);
      if (known != null) {
        return known;
      }
    }
    return plain(thrown);
  }

  private static @Nullable CamelFault known(CamelContext camel, Throwable cause) {
    return switch (cause) {
      case NoSuchEndpointException none -> noComponent(camel, EndpointFault.scheme(none.getUri()));
      case NoSuchLanguageException none -> noLanguage(none.getLanguage());
      case ResolveEndpointFailedException wrong -> {
        CamelFault options = EndpointFault.of(camel, wrong);
        yield options == null ? aboutEndpoint(wrong) : options;
      }
      case ExpressionIllegalSyntaxException wrong -> about(wrong, wrong.getExpression());
      case NoSuchBeanException none -> about(none, none.getName());
      default -> null;
    };
  }

  private static CamelFault noComponent(CamelContext camel, String scheme) {
    return new CamelFault(
        "there is no component '"
            + scheme
            + "'"
            + CamelNames.nearest(scheme, CamelNames.components(camel)),
        List.of(scheme + ":", scheme));
  }

  private static CamelFault noLanguage(String language) {
    return new CamelFault(
        "there is no language '"
            + language
            + "'; there are "
            + String.join(", ", CamelNames.languages()),
        List.of(language));
  }

  private static CamelFault aboutEndpoint(ResolveEndpointFailedException thrown) {
    CamelFault plain = plain(thrown);
    String uri = thrown.getUri();
    int options = uri.indexOf('?');
    String scheme = EndpointFault.scheme(uri);
    List<String> clues = new ArrayList<>(plain.clues);
    clues.add(options < 0 ? uri : uri.substring(0, options));
    clues.add(scheme + ":");
    clues.add(scheme);
    return new CamelFault(scheme + ": " + plain.reason, clues);
  }

  private static CamelFault about(Throwable thrown, @Nullable String clue) {
    return new CamelFault(reason(thrown), clue == null ? List.of() : List.of(clue));
  }

  /** As a component or a parser says it. */
  static CamelFault plain(Throwable thrown) {
    String reason = reason(thrown);
    List<String> clues = new ArrayList<>();
    Matcher named = NAMED.matcher(reason);
    while (named.find()) {
      if (named.group(2) != null) {
        clues.add(named.group(2) + ".default");
      }
      IntStream.rangeClosed(1, named.groupCount())
          .mapToObj(named::group)
          .filter(Objects::nonNull)
          .forEach(clues::add);
    }
    return new CamelFault(reason, clues);
  }

  /** The innermost message says it best; Camel's outer ones repeat the whole route. */
  private static String reason(Throwable thrown) {
    Throwable innermost = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        innermost = cause;
      }
    }
    String said =
        innermost instanceof MarkedYAMLException marked
            ? marked.getProblem()
            : innermost.getMessage();
    String text = said == null ? innermost.getClass().getSimpleName() : said;
    if (innermost instanceof ResolveEndpointFailedException
        || innermost instanceof FailedToStartRouteException
        || innermost instanceof FailedToCreateRouteException) {
      text = text.replaceFirst("(?s).* (?:due to|because): ", "");
    }
    return shortened(
        text.strip()
            .replaceFirst("(?s)\\R\\s*in file:.*", "")
            .replaceFirst("(?s) from text: .*", "")
            .replaceAll("\\s*\\R\\s*", "; "));
  }

  private static String shortened(String text) {
    String line = OPTIONS.matcher(text).replaceAll("$1?…");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }
}
