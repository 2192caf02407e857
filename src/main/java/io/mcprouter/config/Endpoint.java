package io.mcprouter.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is. All text is the administrator's own, with its placeholders unresolved, and may
 * hold secrets: {@code toString} shows none of it.
 */
public sealed interface Endpoint {
  Transport transport();

  /**
   * A child process of the router.
   *
   * @param command the executable, literally: placeholders have no meaning here
   * @param args one element for each argument; never a shell line
   * @param env added to the safe list of the router's own variables
   * @param cwd the working directory, literally; the router's own where absent
   */
  record Stdio(
      String command,
      List<String> args,
      Map<String, String> env,
      @Nullable String cwd,
      Stderr stderr)
      implements Endpoint {
    public Stdio {
      args = List.copyOf(args);
      env = Ordered.copy(env);
    }

    @Override
    public Transport transport() {
      return Transport.STDIO;
    }

    @Override
    public String toString() {
      return "Stdio[" + args.size() + " arguments, " + env.size() + " variables]";
    }
  }

  /** Camel routes of this very process, which know themselves what they offer. */
  record Routes() implements Endpoint {
    @Override
    public Transport transport() {
      return Transport.ROUTES;
    }
  }

  /**
   * A server behind a URL.
   *
   * @param transport one that has {@link Transport#schemes()}
   * @param url its scheme is one of {@link Transport#schemes()} once its variables are expanded
   * @param headers sent with every request, or with the handshake of a websocket
   * @param proxy an {@code http}, {@code socks} or {@code socks5} URL; only {@code ${ENV}} is
   *     expanded in it
   */
  record Remote(
      Transport transport, String url, Map<String, String> headers, @Nullable String proxy)
      implements Endpoint {
    public Remote {
      if (transport.schemes().isEmpty()) {
        throw new IllegalArgumentException("a remote endpoint has a transport with a URL");
      }
      headers = Ordered.copy(headers);
    }

    @Override
    public String toString() {
      return "Remote[" + transport + ", " + headers.size() + " headers]";
    }
  }
}
