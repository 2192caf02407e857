package io.mcprouter.console;

import io.mcprouter.identity.OwnOrigins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** The decisions at the control plane's door, and what those hear who are kept out. */
public final class Entrance {
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

  /** Metrics and the like are for programs on this machine, and for callers who are known. */
  public AuthorizationDecision actuator(
      Supplier<Authentication> authentication, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    boolean isKnown = authentication.get() instanceof CallerFilter.CallerAuthentication;
    return new AuthorizationDecision(isKnown || isOfThisMachine(request));
  }

  /** A proxy on this machine connects from loopback too, for whomever it serves. */
  private static boolean isOfThisMachine(HttpServletRequest request) {
    return isLoopback(request.getRemoteAddr())
        && OwnOrigins.isLoopback(String.valueOf(request.getHeader(HttpHeaders.HOST)))
        && FORWARDED.stream().allMatch(name -> request.getHeader(name) == null);
  }

  private static boolean isLoopback(@Nullable String address) {
    try {
      return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** Asks for a credential. */
  public void credentialWanted(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mcp-router\"");
    Problems.write(
        response,
        HttpStatus.UNAUTHORIZED,
        "credential-wanted",
        "Who is calling? Send Authorization: Bearer with an access token or an API key.");
  }

  /** Refuses a caller who is known. */
  public void denied(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    Problems.write(response, HttpStatus.FORBIDDEN, "forbidden", "This is not for you.");
  }
}
