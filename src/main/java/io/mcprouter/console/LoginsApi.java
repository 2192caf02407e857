package io.mcprouter.console;

import io.mcprouter.config.ServerName;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.oauth.OAuthFailure;
import io.mcprouter.oauth.PendingLogin;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's logins at the authorization servers of servers. */
@RestController
public final class LoginsApi {
  private final VisibleServers servers;
  private final OAuth oauth;
  private final Told told;

  public LoginsApi(VisibleServers servers, OAuth oauth, Told told) {
    this.servers = servers;
    this.oauth = oauth;
    this.told = told;
  }

  /** The logins that wait for the caller. */
  @GetMapping("/api/logins")
  List<Login> pending(@AuthenticationPrincipal Caller caller) {
    return oauth.pending(caller).stream().map(Login::of).toList();
  }

  /** Asks for a login; the same one while it is open. */
  @Audited("login.ask")
  @PostMapping("/api/servers/{server}/login")
  Login start(@AuthenticationPrincipal Caller caller, @PathVariable String server)
      throws OAuthFailure, McpFailure {
    return Login.of(oauth.startLogin(caller, servers.find(caller, server).name()));
  }

  /** Gives the caller's right at the server back, and closes what it opened. */
  @Audited("login.revoke")
  @DeleteMapping("/api/servers/{server}/login")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@AuthenticationPrincipal Caller caller, @PathVariable String server)
      throws McpFailure {
    oauth.revoke(caller, servers.find(caller, server).name());
  }

  @ExceptionHandler
  ProblemDetail failed(OAuthFailure failure, @AuthenticationPrincipal Caller caller) {
    HttpStatus status =
        failure.kind() == OAuthFailure.Kind.UNREACHABLE
            ? HttpStatus.BAD_GATEWAY
            : HttpStatus.CONFLICT;
    return Problems.of(status, "login-failed", told.of(failure, caller));
  }

  @ExceptionHandler
  ProblemDetail failed(McpFailure failure, @AuthenticationPrincipal Caller caller) {
    return Problems.of(HttpStatus.CONFLICT, failure.kind().label(), told.of(failure, caller));
  }

  /**
   * A login that waits.
   *
   * @param authorizationUrl the router's own page, to be opened in the user's browser; good for one
   *     use
   */
  record Login(String server, String authorizationUrl, Instant until) {
    static Login of(PendingLogin login) {
      return new Login(ServerName.shown(login.server()), login.link().toString(), login.until());
    }

    @Override
    public String toString() {
      return "Login[" + server + "]";
    }
  }
}
