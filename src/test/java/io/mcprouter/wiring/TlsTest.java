package io.mcprouter.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.transport.Certificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MCP port with a certificate from a Spring SSL bundle. */
class TlsTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\
      """;

  @TempDir private Path directory;
  private Path file;
  private KeyStore keys;

  @BeforeEach
  void makeCertificate() throws Exception {
    file = Certificates.keyStore(directory, "ip:127.0.0.1");
    keys = KeyStore.getInstance(file.toFile(), Certificates.PASSWORD.toCharArray());
  }

  @Test
  void a_key_store_secures_the_mcp_port() throws Exception {
    String bundle = "spring.ssl.bundle.jks.router.keystore.";
    assertSecured(
        bundle + "location=file:" + file,
        bundle + "password=" + Certificates.PASSWORD,
        bundle + "type=PKCS12");
  }

  @Test
  void pem_files_secure_the_mcp_port() throws Exception {
    byte[] key = keys.getKey("server", Certificates.PASSWORD.toCharArray()).getEncoded();
    String bundle = "spring.ssl.bundle.pem.router.keystore.";
    assertSecured(
        bundle + "certificate=" + pem("CERTIFICATE", keys.getCertificate("server").getEncoded()),
        bundle + "private-key=" + pem("PRIVATE KEY", key));
  }

  private Path pem(String what, byte[] der) throws IOException {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(der), what);
    return Files.writeString(directory.resolve(what.replace(' ', '-') + ".pem"), text);
  }

  private void assertSecured(String... bundle) throws Exception {
    String[] settings = Arrays.copyOf(bundle, bundle.length + 1);
    settings[bundle.length] = "mcp-router.ssl-bundle=router";
    try (RouterUnderTest router = RouterUnderTest.start(new ServersFile(), settings);
        HttpClient trusting = HttpClient.newBuilder().sslContext(trusting()).build();
        HttpClient stranger = HttpClient.newHttpClient()) {
      String url = router.bean(RouterLifecycle.class).url();
      assertThat(url).isEqualTo("https://127.0.0.1:" + router.port());
      assertThat(initialize(trusting, url).body()).contains("\"protocolVersion\":\"2025-11-25\"");
      assertThatThrownBy(() -> initialize(stranger, url)).isInstanceOf(SSLHandshakeException.class);
      assertThatThrownBy(() -> initialize(trusting, url.replace("https:", "http:")))
          .isInstanceOf(IOException.class);
    }
  }

  private SSLContext trusting() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
    certificates.load(null, null);
    certificates.setCertificateEntry("server", keys.getCertificate("server"));
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static HttpResponse<String> initialize(HttpClient client, String url)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
