package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Where messages are to be sent, as the {@code endpoint} event says it. It must have the origin of
 * the stream: otherwise a server could make the router send the user's messages and headers to
 * whomever it likes.
 */
final class PostAddress {
  private PostAddress() {}

  /** The target of messages: the stream's own, at the address that the event's data holds. */
  static RemoteTarget of(String server, RemoteTarget stream, byte[] data) throws McpFailure {
    String elsewhere;
    try {
      URI address = resolve(stream, new String(data, StandardCharsets.UTF_8).strip());
      RemoteTarget posts =
          new RemoteTarget(
              address,
              stream.headers(),
              stream.proxy(),
              stream.digest(),
              stream.isPersonal(),
              stream.authorization(),
              stream.expires());
      if (isSameOrigin(stream, posts)) {
        return posts;
      }
      elsewhere = posts.hostAndPort();
    } catch (IllegalArgumentException e) {
      throw McpFailure.violation(server, "its endpoint event holds no URL");
    }
    throw McpFailure.violation(
        server,
        "its endpoint event names another origin than its url has: messages would go to "
            + elsewhere);
  }

  /** A reference that begins with its query keeps the path, which java.net.URI does not do. */
  private static URI resolve(RemoteTarget stream, String reference) {
    URI own = stream.uri();
    String base = own.getScheme() + "://" + own.getRawAuthority();
    if (reference.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    if (reference.startsWith("?")) {
      String path = stream.requestUri();
      int query = path.indexOf('?');
      return URI.create(base + (query < 0 ? path : path.substring(0, query)) + reference);
    }
    return URI.create(base + stream.requestUri()).resolve(URI.create(reference));
  }

  private static boolean isSameOrigin(RemoteTarget stream, RemoteTarget posts) {
    return stream.uri().getScheme().equalsIgnoreCase(posts.uri().getScheme())
        && stream.host().equalsIgnoreCase(posts.host())
        && stream.port() == posts.port();
  }
}
