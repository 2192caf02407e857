package io.mcprouter.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.oauth.LoginOffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Whatever a page is made of stands in it as text, and nothing that it holds can run. */
class PagesTest {
  private static final String HOSTILE = "\"><img src=x onerror='alert(1)'>";

  static List<ResponseEntity<String>> pages() {
    LoginOffer offer =
        new LoginOffer(HOSTILE, HOSTILE, HOSTILE, "https://login.example", List.of(HOSTILE));
    return List.of(
        Pages.offer(offer, HOSTILE, true),
        Pages.offer(offer, HOSTILE, false),
        Pages.whoAreYou(HOSTILE, HOSTILE, Set.of(HOSTILE)),
        Pages.connected(HOSTILE),
        Pages.failed(HttpStatus.BAD_REQUEST, HOSTILE));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void foreign_text_is_text(ResponseEntity<String> page) {
    assertThat(page.getBody()).contains("img src=x").doesNotContain("<img", "onerror='");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nothing_runs_and_nobody_frames_it(ResponseEntity<String> page) {
    assertThat(page.getHeaders().getFirst("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "script-src");
  }
}
