package io.mcprouter.wiring;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * Where browsers find the control plane: the router's public URL, or the address that it listens
 * on. Never taken from a request.
 */
final class ControlPlaneUrl implements Supplier<@Nullable URI> {
  private final McpRouterProperties properties;
  private final ApplicationContext context;

  ControlPlaneUrl(McpRouterProperties properties, ApplicationContext context) {
    this.properties = properties;
    this.context = context;
  }

  /**
   * The URL without a slash at its end, of use once the router listens; null where there are no
   * pages, as for a client over standard streams.
   */
  @Override
  public @Nullable URI get() {
    URI published = properties.publicUrl();
    return published == null ? local() : URI.create(published.toString().replaceAll("/+$", ""));
  }

  /** The same for pages, which are there where this is asked. */
  URI page() {
    return Objects.requireNonNull(get(), "pages are served");
  }

  /** A browser's own name for this machine: an address literal is not a secure place to all. */
  private @Nullable URI local() {
    if (context instanceof WebServerApplicationContext web && web.getWebServer() != null) {
      boolean secure = context.getBean(ServerProperties.class).getSsl() != null;
      return URI.create(
          (secure ? "https" : "http") + "://localhost:" + web.getWebServer().getPort());
    }
    return null;
  }
}
