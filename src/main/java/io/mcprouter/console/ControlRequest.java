package io.mcprouter.console;

import io.mcprouter.identity.CallerRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of the control plane, as far as it tells who makes it. */
record ControlRequest(HttpServletRequest request, String resource) implements CallerRequest {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public String peer() {
    return request.getRemoteAddr() == null ? "" : request.getRemoteAddr();
  }

  @Override
  public @Nullable String certificateSubject() {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? chain[0].getSubjectX500Principal().getName()
        : null;
  }
}
