package io.mcprouter.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/** The decisions at the control plane's door, and what those hear who are kept out. */
public final class Entrance {
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
