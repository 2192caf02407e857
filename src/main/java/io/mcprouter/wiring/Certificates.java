package io.mcprouter.wiring;

import io.mcprouter.endpoint.DataPlane.Tls;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Arrays;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.stereotype.Component;

/**
 * The data plane's TLS, from a Spring SSL bundle: its certificate, and, where a proxy proves itself
 * by one of its own, whom the bundle's trust store trusts.
 */
@Component
class Certificates {
  private final McpRouterProperties properties;
  private final SslBundles bundles;

  Certificates(McpRouterProperties properties, SslBundles bundles) {
    this.properties = properties;
    this.bundles = bundles;
  }

  @Nullable Tls forDataPlane() {
    String name = properties.sslBundle();
    AuthenticationProperties.Proxy proxy = properties.authentication().proxy();
    boolean asksClients = proxy != null && proxy.certificateSubject() != null;
    if (name == null) {
      if (asksClients) {
        throw CannotStartException.wrongSetting(
            "authentication.proxy.certificate-subject",
            "needs TLS on the MCP port: set mcp-router.ssl-bundle to a bundle with a trust store");
      }
      return null;
    }
    if (asksClients && bundles.getBundle(name).getStores().getTrustStore() == null) {
      throw CannotStartException.wrongSetting(
          "authentication.proxy.certificate-subject",
          "needs a trust store in the SSL bundle " + name + ", with the proxy's issuer");
    }
    SslManagerBundle managers = bundles.getBundle(name).getManagers();
    return new Tls(KeyCertOptions.wrap(keys(managers)), asksClients ? trust(managers) : null);
  }

  private static X509KeyManager keys(SslManagerBundle managers) {
    return Arrays.stream(managers.getKeyManagers())
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the SSL bundle of mcp-router.ssl-bundle has no X.509 key"));
  }

  private static TrustOptions trust(SslManagerBundle managers) {
    return Arrays.stream(managers.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .map(TrustOptions::wrap)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the SSL bundle of mcp-router.ssl-bundle has no X.509 trust"));
  }
}
