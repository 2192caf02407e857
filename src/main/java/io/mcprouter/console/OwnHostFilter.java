package io.mcprouter.console;

import io.mcprouter.identity.OwnOrigins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that a web page made under a foreign name, and changes that a form of another
 * page could have sent.
 */
public final class OwnHostFilter extends OncePerRequestFilter {
  private final OwnOrigins origins;

  public OwnHostFilter(OwnOrigins origins) {
    this.origins = origins;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getHeader(HttpHeaders.HOST);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if ((!origins.isOwnHost(host) && !isNoWebPage(request))
        || (origin != null && !origins.isAllowed(origin, host))) {
      Problems.write(
          response,
          HttpStatus.FORBIDDEN,
          "foreign-origin",
          "This Host or Origin is not allowed here.");
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * A page under a foreign name knows no credential of the router, and health is no secret: probes
   * and scrapers ask under whatever name they have.
   */
  private static boolean isNoWebPage(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null
        || request.getHeader("X-API-Key") != null
        || request.getRequestURI().startsWith("/actuator/health");
  }
}
