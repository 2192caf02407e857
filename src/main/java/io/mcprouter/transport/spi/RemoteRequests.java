package io.mcprouter.transport.spi;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a target into what Vert.x needs to send a request there. */
public final class RemoteRequests {
  /** Headers that frame a request or name its receiver: the transport's own affair. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String AUTHORIZATION = "Authorization";

  private RemoteRequests() {}

  /**
   * Sets address, headers and proxy of the target. Redirects are not followed.
   *
   * @param <T> requests or websocket handshakes
   * @param at what to connect to, null for the target's own host
   * @param authorization takes the place of the target's own header of that name; null for none
   * @throws McpFailure when a header cannot be sent or the proxy is of no known kind
   */
  public static <T extends RequestOptions> T address(
      String server,
      RemoteTarget target,
      @Nullable SocketAddress at,
      @Nullable String authorization,
      T request)
      throws McpFailure {
    request
        .setHost(target.host())
        .setPort(target.port())
        .setSsl(target.isSecure())
        .setURI(target.requestUri())
        .setFollowRedirects(false)
        .setHeaders(headers(server, target));
    if (at != null) {
      request.setServer(at);
    }
    if (authorization != null) {
      check(server, AUTHORIZATION, authorization);
      request.getHeaders().set(AUTHORIZATION, authorization);
    }
    URI proxy = target.proxy();
    if (proxy != null) {
      request.setProxyOptions(proxy(server, proxy));
    }
    return request;
  }

  /** The target's headers, checked. */
  private static MultiMap headers(String server, RemoteTarget target) throws McpFailure {
    MultiMap headers = HttpHeaders.headers();
    for (Map.Entry<String, String> header : target.headers().entrySet()) {
      check(server, header.getKey(), header.getValue());
      headers.set(header.getKey(), header.getValue());
    }
    return headers;
  }

  private static void check(String server, String name, String value) throws McpFailure {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw notConfigured(server, "a header's name has characters that no header may have");
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw notConfigured(server, "the header " + name + " cannot be set");
    }
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F || c > 0xFF)) {
      throw notConfigured(
          server, "the header " + name + " has a control character or one beyond Latin-1");
    }
  }

  private static ProxyOptions proxy(String server, URI proxy) throws McpFailure {
    String scheme = proxy.getScheme() == null ? "" : proxy.getScheme().toLowerCase(Locale.ROOT);
    boolean socks = scheme.equals("socks5") || scheme.equals("socks5h") || scheme.equals("socks");
    if (proxy.getHost() == null || (!socks && !scheme.equals("http"))) {
      throw notConfigured(server, "its proxy must begin with http:// or socks5:// and name a host");
    }
    int standardPort = socks ? 1080 : 80;
    ProxyOptions options =
        new ProxyOptions()
            .setType(socks ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(proxy.getHost())
            .setPort(proxy.getPort() >= 0 ? proxy.getPort() : standardPort);
    String user = proxy.getRawUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      options.setUsername(decoded(colon < 0 ? user : user.substring(0, colon)));
      options.setPassword(colon < 0 ? "" : decoded(user.substring(colon + 1)));
    }
    return options;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static McpFailure notConfigured(String server, String what) {
    return McpFailure.of(McpFailure.Kind.NOT_CONFIGURED, server, what);
  }
}
