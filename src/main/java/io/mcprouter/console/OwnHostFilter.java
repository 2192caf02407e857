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
    if (!origins.isOwnHost(host) || (origin != null && !origins.isAllowed(origin, host))) {
      Problems.write(
          response,
          HttpStatus.FORBIDDEN,
          "foreign-origin",
          "This Host or Origin is not allowed here.");
    } else {
      chain.doFilter(request, response);
    }
  }
}
