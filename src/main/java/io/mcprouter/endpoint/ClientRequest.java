package io.mcprouter.endpoint;

import io.mcprouter.identity.CallerRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request of the data plane, as far as it tells who makes it. */
record ClientRequest(HttpServerRequest request, ResourceMetadata metadata, String path)
    implements CallerRequest {
  @Override
  public List<String> headers(String name) {
    return request.getHeader(name) == null ? List.of() : request.headers().getAll(name);
  }

  @Override
  public String peer() {
    SocketAddress address = request.remoteAddress();
    return address == null || address.hostAddress() == null ? "" : address.hostAddress();
  }

  @Override
  public String resource() {
    return metadata.resource(path);
  }

  @Override
  public @Nullable String certificateSubject() {
    SSLSession session = request.sslSession();
    try {
      return session != null && session.getPeerCertificates()[0] instanceof X509Certificate proven
          ? proven.getSubjectX500Principal().getName()
          : null;
    } catch (SSLPeerUnverifiedException noCertificate) {
      return null;
    }
  }
}
