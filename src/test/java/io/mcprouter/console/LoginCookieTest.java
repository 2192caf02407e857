package io.mcprouter.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.console.LoginCookie.Attempt;
import io.mcprouter.console.LoginCookie.Browser;
import io.mcprouter.identity.OpenIdLogin;
import io.mcprouter.protocol.Caller;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.StoreUnderTest;
import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.web.MockHttpServletRequest;

/** What a browser keeps while a login is under way: nobody can make one, read one or move one. */
class LoginCookieTest {
  private final StoreUnderTest db = StoreUnderTest.on(Database.H2);
  private final LoginCookie overHttps = cookies(Clock.systemUTC(), true);
  private final LoginCookie overHttp = cookies(Clock.systemUTC(), false);
  private final Browser ada = overHttps.browser(new Caller("ada", Map.of()));

  private LoginCookie cookies(Clock clock, boolean secure) {
    return new LoginCookie(db.sealing(), clock, () -> secure);
  }

  @AfterEach
  void close() throws Exception {
    db.close();
  }

  private static MockHttpServletRequest with(String name, String value) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(new Cookie(name, value));
    return request;
  }

  @Test
  void it_is_of_this_host_alone_and_no_script_reads_it() {
    ResponseCookie cookie = overHttps.write(ada);
    assertThat(cookie.getName()).startsWith("__Host-");
    assertThat(cookie.isSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.getMaxAge()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void over_plain_http_it_is_as_strict_as_it_can_be() {
    ResponseCookie cookie = overHttp.write(ada);
    assertThat(cookie.getName()).doesNotStartWith("__Host-");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
  }

  @Test
  void it_comes_back_as_it_was_and_says_nothing_to_who_reads_it() {
    ResponseCookie cookie = overHttps.write(ada);
    assertThat(overHttps.browser(with(cookie.getName(), cookie.getValue()))).isEqualTo(ada);
    String bytes = new String(Base64.getUrlDecoder().decode(cookie.getValue()));
    assertThat(bytes).doesNotContain("ada", ada.secret());
    assertThat(ada.toString()).doesNotContain("ada", ada.secret());
  }

  @Test
  void one_that_the_router_did_not_make_is_none() {
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"tenant\":\"\",\"user\":\"ada\",\"secret\":\"s\",\"until\":99999999999}"
                    .getBytes());
    String name = overHttps.write(ada).getName();
    assertThat(overHttps.browser(with(name, forged))).isNull();
    assertThat(overHttps.browser(with(name, "no Base64!"))).isNull();
    String changed = overHttps.write(ada).getValue();
    changed = (changed.startsWith("A") ? "B" : "A") + changed.substring(1);
    assertThat(overHttps.browser(with(name, changed))).isNull();
  }

  @Test
  void one_of_another_kind_or_without_the_prefix_is_none() {
    Attempt attempt =
        new Attempt("company", "link", new OpenIdLogin.Pending("state", "nonce", "verifier"));
    ResponseCookie other = overHttps.write(attempt);
    ResponseCookie cookie = overHttps.write(ada);
    assertThat(overHttps.attempt(with(other.getName(), other.getValue()))).isEqualTo(attempt);
    assertThat(overHttps.browser(with(cookie.getName(), other.getValue()))).isNull();
    assertThat(overHttps.attempt(with(other.getName(), cookie.getValue()))).isNull();
    assertThat(overHttps.browser(with("mcp-router-login", cookie.getValue()))).isNull();
  }

  @Test
  void an_old_one_is_none() {
    ResponseCookie cookie = overHttps.write(ada);
    LoginCookie later = cookies(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(16)), true);
    assertThat(later.browser(with(cookie.getName(), cookie.getValue()))).isNull();
  }
}
