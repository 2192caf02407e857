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
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
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

  @Test
  void a_proxy_proves_itself_by_its_certificate() throws Exception {
    String bundle = "spring.ssl.bundle.jks.router.";
    String proxy = "mcp-router.authentication.proxy.";
    try (RouterUnderTest router =
            RouterUnderTest.start(
                new ServersFile(),
                bundle + "keystore.location=file:" + file,
                bundle + "keystore.password=" + Certificates.PASSWORD,
                bundle + "truststore.location=file:" + file,
                bundle + "truststore.password=" + Certificates.PASSWORD,
                "mcp-router.ssl-bundle=router",
                proxy + "certificate-subject=CN=test",
                proxy + "addresses=127.0.0.1",
                "mcp-router.store.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        HttpClient known = HttpClient.newBuilder().sslContext(context(keyManagers(keys))).build();
        HttpClient stranger =
            HttpClient.newBuilder().sslContext(context(keyManagers(sameSubject()))).build();
        HttpClient unknown = HttpClient.newBuilder().sslContext(trusting()).build()) {
      String url = router.bean(RouterLifecycle.class).url();
      assertThat(initialize(known, url, "X-MCP-User-Id", "ada").statusCode()).isEqualTo(200);
      assertThat(initialize(known, url, "X-Other", "ada").statusCode()).isEqualTo(401);
      assertThat(initialize(unknown, url, "X-MCP-User-Id", "ada").statusCode()).isEqualTo(401);
      assertThatThrownBy(() -> initialize(stranger, url, "X-MCP-User-Id", "ada"))
          .isInstanceOf(IOException.class);
    }
  }

  /** A certificate that anybody could make. */
  private KeyStore sameSubject() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("stranger"));
    Path made = Certificates.keyStore(elsewhere, "ip:127.0.0.1");
    return KeyStore.getInstance(made.toFile(), Certificates.PASSWORD.toCharArray());
  }

  private static KeyManager[] keyManagers(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, Certificates.PASSWORD.toCharArray());
    return managers.getKeyManagers();
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
    return context(null);
  }

  private SSLContext context(KeyManager[] own) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
    certificates.load(null, null);
    certificates.setCertificateEntry("server", keys.getCertificate("server"));
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trust.getTrustManagers(), null);
    return context;
  }

  private static HttpResponse<String> initialize(HttpClient client, String url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder named = HttpRequest.newBuilder(URI.create(url + "/mcp"));
    if (headers.length > 0) {
      named.headers(headers);
    }
    HttpRequest request =
        named
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
