package io.mcprouter.console;

import io.mcprouter.identity.Callers;
import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who makes a request of the control plane, by the same credentials as on the data plane.
 * A request with a wrong credential ends here; one without goes on as nobody's, and gets what is
 * open to everybody.
 */
public final class CallerFilter extends OncePerRequestFilter {
  private final Callers callers;
  private final Supplier<String> baseUrl;

  /**
   * @param baseUrl the router's own URL, which tokens may be meant for
   */
  public CallerFilter(Callers callers, Supplier<String> baseUrl) {
    this.callers = callers;
    this.baseUrl = baseUrl;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          new CallerAuthentication(callers.prove(new ControlRequest(request, baseUrl.get()))));
      SecurityContextHolder.setContext(context);
    } catch (Callers.Refused refused) {
      if (refused.reason() != Callers.Reason.NO_CREDENTIAL) {
        refuse(response, refused);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static void refuse(HttpServletResponse response, Callers.Refused refused)
      throws IOException {
    HttpStatus status = HttpStatus.valueOf(refused.reason().status());
    if (status == HttpStatus.UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }
    Problems.write(response, status, "credential-refused", String.valueOf(refused.getMessage()));
  }

  /** A caller, as Spring Security knows one. */
  static final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Proof proof;

    CallerAuthentication(Proof proof) {
      super(List.of());
      this.proof = proof;
      setAuthenticated(true);
    }

    Proof proof() {
      return proof;
    }

    @Override
    public Object getCredentials() {
      return "";
    }

    @Override
    public Caller getPrincipal() {
      return proof.caller();
    }
  }
}
