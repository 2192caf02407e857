package io.mcprouter.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Self-signed certificates for servers inside tests. */
public final class Certificates {
  public static final String PASSWORD = "changeit";

  private Certificates() {}

  /** A key store with a key and a certificate for {@code name}, such as {@code ip:127.0.0.1}. */
  public static Path keyStore(Path dir, String name) throws Exception {
    Path store = dir.resolve(name.replace(':', '-') + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-ext",
            "san=" + name,
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-validity",
            "2");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    return store;
  }

  /** Client parameters that trust the certificate in {@code store}. */
  public static SSLContextParameters trusting(Path store) {
    KeyStoreParameters keys = new KeyStoreParameters();
    keys.setResource("file:" + store);
    keys.setPassword(PASSWORD);
    keys.setType("PKCS12");
    TrustManagersParameters trust = new TrustManagersParameters();
    trust.setKeyStore(keys);
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setTrustManagers(trust);
    return parameters;
  }
}
