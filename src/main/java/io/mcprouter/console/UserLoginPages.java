package io.mcprouter.console;

import io.mcprouter.console.LoginCookie.Attempt;
import io.mcprouter.identity.Callers;
import io.mcprouter.identity.OpenIdLogin;
import io.mcprouter.protocol.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** A user proves themselves at an issuer, on the way to a login's start page. */
@Controller
public final class UserLoginPages {
  private static final Pattern LINK = Pattern.compile("[A-Za-z0-9_-]{16,128}");

  private final UserLogins logins;
  private final LoginCookie cookies;
  private final Supplier<URI> base;

  /**
   * @param base where browsers find the control plane, without a slash at its end
   */
  public UserLoginPages(UserLogins logins, LoginCookie cookies, Supplier<URI> base) {
    this.logins = logins;
    this.cookies = cookies;
    this.base = base;
  }

  private URI callback() {
    return URI.create(base.get() + "/oauth/user/callback");
  }

  @GetMapping("/oauth/user/at/{issuer}")
  @ResponseBody
  ResponseEntity<String> begin(@PathVariable String issuer, @RequestParam String link)
      throws Callers.Refused {
    OpenIdLogin login = logins.find(issuer);
    if (login == null || !LINK.matcher(link).matches()) {
      return Pages.failed(HttpStatus.NOT_FOUND, "There is no such issuer or link.");
    }
    OpenIdLogin.Started started = login.begin(callback());
    return to(started.next(), cookies.write(new Attempt(issuer, link, started.pending())));
  }

  @GetMapping("/oauth/user/callback")
  @ResponseBody
  ResponseEntity<String> finish(
      @RequestParam MultiValueMap<String, String> parameters, HttpServletRequest request)
      throws Callers.Refused {
    Attempt attempt = cookies.attempt(request);
    OpenIdLogin login = attempt == null ? null : logins.find(attempt.issuer());
    if (attempt == null || login == null) {
      return Pages.failed(
          HttpStatus.BAD_REQUEST,
          "This login was not begun in this browser, or too long ago. Open the link again.");
    }
    Caller user = login.finish(new HashMap<>(parameters), attempt.pending(), callback());
    return to(
        URI.create(base.get() + "/oauth/start/" + attempt.link()),
        cookies.write(cookies.browser(user)),
        cookies.noAttempt());
  }

  private static ResponseEntity<String> to(URI next, ResponseCookie... cookies) {
    HttpHeaders headers = new HttpHeaders();
    for (ResponseCookie cookie : cookies) {
      headers.add(HttpHeaders.SET_COOKIE, cookie.toString());
    }
    headers.setCacheControl("no-store");
    headers.setLocation(next);
    return new ResponseEntity<>(headers, HttpStatus.SEE_OTHER);
  }

  @ExceptionHandler
  @ResponseBody
  ResponseEntity<String> refused(Callers.Refused refused) {
    return Pages.failed(
        HttpStatus.valueOf(refused.reason().status()), String.valueOf(refused.getMessage()));
  }
}
