package io.mcprouter.wiring;

import io.mcprouter.endpoint.DataPlane;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Where clients find the router: its public URL, or the address that it listens on. Never taken
 * from a request.
 */
final class RouterUrl implements Supplier<String> {
  private final McpRouterProperties properties;
  private final ObjectProvider<DataPlane> dataPlane;
  private volatile @Nullable String known;

  RouterUrl(McpRouterProperties properties, ObjectProvider<DataPlane> dataPlane) {
    this.properties = properties;
    this.dataPlane = dataPlane;
  }

  /** The URL without a slash at its end; of use once the router listens. */
  @Override
  public String get() {
    String url = known;
    if (url == null) {
      URI published = properties.publicUrl();
      url = published == null ? local() : published.toString().replaceAll("/+$", "");
      known = url;
    }
    return url;
  }

  /** The address that this machine's clients use. */
  String local() {
    String scheme = properties.sslBundle() == null ? "http" : "https";
    String host =
        properties.host().contains(":") ? "[" + properties.host() + "]" : properties.host();
    return scheme + "://" + host + ":" + dataPlane.getObject().port();
  }
}
