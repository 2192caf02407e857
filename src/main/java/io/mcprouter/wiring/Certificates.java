package io.mcprouter.wiring;

import io.vertx.core.net.KeyCertOptions;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** The data plane's TLS certificate, from a Spring SSL bundle. */
@Component
class Certificates {
  private final McpRouterProperties properties;
  private final SslBundles bundles;

  Certificates(McpRouterProperties properties, SslBundles bundles) {
    this.properties = properties;
    this.bundles = bundles;
  }

  @Nullable KeyCertOptions forDataPlane() {
    String name = properties.sslBundle();
    if (name == null) {
      return null;
    }
    KeyManagerFactory keys = bundles.getBundle(name).getManagers().getKeyManagerFactory();
    return KeyCertOptions.wrap(keyManager(keys));
  }

  private static javax.net.ssl.X509KeyManager keyManager(KeyManagerFactory keys) {
    for (javax.net.ssl.KeyManager manager : keys.getKeyManagers()) {
      if (manager instanceof javax.net.ssl.X509KeyManager x509) {
        return x509;
      }
    }
    throw new IllegalStateException("the SSL bundle of mcp-router.ssl-bundle has no X.509 key");
  }
}
