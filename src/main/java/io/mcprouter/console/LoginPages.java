package io.mcprouter.console;

import io.mcprouter.console.LoginCookie.Browser;
import io.mcprouter.identity.Callers;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.oauth.OAuthFailure;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The pages of a login at a server's authorization server: the start page proves the user and names
 * who will be asked; the callback ends it.
 */
@Controller
public final class LoginPages {
  private final OAuth oauth;
  private final BrowserUsers users;
  private final LoginCookie cookies;
  private final Told told;

  public LoginPages(OAuth oauth, BrowserUsers users, LoginCookie cookies, Told told) {
    this.oauth = oauth;
    this.users = users;
    this.cookies = cookies;
    this.told = told;
  }

  @GetMapping("/oauth/start/{link}")
  @ResponseBody
  ResponseEntity<String> start(
      @PathVariable String link,
      @AuthenticationPrincipal(errorOnInvalidType = false) @Nullable Caller proven,
      HttpServletRequest request)
      throws OAuthFailure, McpFailure {
    Optional<Caller> user = users.of(request, proven, link);
    return user.isEmpty() ? unknown(link) : offer(link, user.get());
  }

  /** In local mode a link without an owner is over; else whoever comes must show who they are. */
  private ResponseEntity<String> unknown(String link) {
    return users.isLocal()
        ? Pages.failed(
            HttpStatus.BAD_REQUEST,
            "This link was used already, or has run out. Use the tool again to get a new one.")
        : Pages.whoAreYou(null, link, users.issuers());
  }

  private ResponseEntity<String> offer(String link, Caller user) throws OAuthFailure, McpFailure {
    var offer = oauth.offer(link, user);
    ActionAudit.server(offer.server());
    return Pages.offer(offer, user.id(), told.isFull(user));
  }

  @Audited("login.begin")
  @PostMapping("/oauth/start/{link}")
  @ResponseBody
  ResponseEntity<String> begin(
      @PathVariable String link,
      @RequestParam(required = false) @Nullable String key,
      @RequestParam(required = false) @Nullable String agree,
      @AuthenticationPrincipal(errorOnInvalidType = false) @Nullable Caller proven,
      HttpServletRequest request)
      throws OAuthFailure, McpFailure {
    Caller user;
    try {
      user = key != null ? users.byKey(key) : users.of(request, proven, link).orElse(null);
    } catch (Callers.Refused refused) {
      return Pages.whoAreYou(refused.getMessage(), link, users.issuers());
    }
    if (user == null) {
      return unknown(link);
    }
    boolean shown = key != null || proven != null || users.isLocal();
    ActionAudit.actor(user, shown ? user.source().name() : ActionAudit.COOKIE);
    Browser browser = users.browser(request, user);
    ResponseCookie cookie = cookies.write(browser);
    if (agree == null) {
      ActionAudit.outcome("shown");
      return withCookie(offer(link, user), cookie);
    }
    ActionAudit.server(oauth.server(link, user));
    URI next = oauth.begin(link, user, browser.secret());
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.SET_COOKIE, cookie.toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .location(next)
        .build();
  }

  private static ResponseEntity<String> withCookie(
      ResponseEntity<String> page, ResponseCookie cookie) {
    return ResponseEntity.status(page.getStatusCode())
        .headers(page.getHeaders())
        .header(HttpHeaders.SET_COOKIE, cookie.toString())
        .body(page.getBody());
  }

  @Audited("login.finish")
  @GetMapping("/oauth/callback")
  @ResponseBody
  ResponseEntity<String> callback(
      @RequestParam MultiValueMap<String, String> parameters, HttpServletRequest request)
      throws OAuthFailure, McpFailure {
    Browser browser = users.known(request);
    if (browser == null) {
      return Pages.failed(
          HttpStatus.BAD_REQUEST,
          "This login was not begun in this browser, or too long ago. Use the tool again to get a"
              + " new link.");
    }
    ActionAudit.actor(browser.caller(), ActionAudit.COOKIE);
    Map<String, List<String>> answer = new HashMap<>(parameters);
    String server = oauth.finish(answer, browser.caller(), browser.secret());
    ActionAudit.server(server);
    return Pages.connected(server);
  }

  /** What authorization servers that know the router by this address read of it. */
  @GetMapping("/.well-known/oauth-client/router.json")
  @ResponseBody
  ResponseEntity<Map<String, Object>> clientDocument() {
    Map<String, Object> document = oauth.clientDocument();
    return document == null
        ? ResponseEntity.notFound().build()
        : ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "max-age=3600").body(document);
  }

  @ExceptionHandler
  @ResponseBody
  ResponseEntity<String> failed(
      OAuthFailure failure,
      @AuthenticationPrincipal(errorOnInvalidType = false) @Nullable Caller proven) {
    HttpStatus status =
        switch (failure.kind()) {
          case NOT_YOURS, REFUSED -> HttpStatus.BAD_REQUEST;
          case UNREACHABLE, UNUSABLE -> HttpStatus.BAD_GATEWAY;
        };
    return Pages.failed(status, told.of(failure, proven));
  }

  @ExceptionHandler
  @ResponseBody
  ResponseEntity<String> failed(
      McpFailure failure,
      @AuthenticationPrincipal(errorOnInvalidType = false) @Nullable Caller proven) {
    return Pages.failed(HttpStatus.BAD_REQUEST, told.of(failure, proven));
  }
}
