package io.mcprouter.routing.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URI under which a client reads what {@link ResultLimit} cut: {@code
 * mcp-router://SERVER/results/ID}, with {@code ?from=N} for a part.
 *
 * @param server the router's name of the server that the result came from
 * @param id which result, 22 characters that nobody can guess
 * @param from where the part begins, in characters; {@link #WHOLE} for the whole result
 */
public record ResultUri(String server, String id, int from) {
  /** Instead of a place in the result. */
  public static final int WHOLE = -1;

  /** No name of a server has more characters than that, encoded; clients write what they like. */
  private static final String SCHEME = "mcp-router://";

  private static final Pattern FORM =
      Pattern.compile(
          SCHEME + "([^/?#]{1,1300})/results/([A-Za-z0-9_-]{22})(?:\\?from=([0-9]{1,9}))?");

  /** The URI's parts, or null where it is no URI of a kept result. */
  public static @Nullable ResultUri parse(String uri) {
    if (!uri.startsWith(SCHEME)) {
      return null;
    }
    Matcher form = FORM.matcher(uri);
    if (!form.matches()) {
      return null;
    }
    int from = form.group(3) == null ? WHOLE : Integer.parseInt(form.group(3));
    return Names.isEncoded(form.group(1))
        ? new ResultUri(Names.decoded(form.group(1)), form.group(2), from)
        : null;
  }

  /** Another place in the same result. */
  ResultUri from(int place) {
    return new ResultUri(server, id, place);
  }

  @Override
  public String toString() {
    String name = URLEncoder.encode(server, StandardCharsets.UTF_8).replace("+", "%20");
    return SCHEME + name + "/results/" + id + (from == WHOLE ? "" : "?from=" + from);
  }
}
