package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private final Redaction redaction = new Redaction();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer abc-DEF_123.456~789+/==",
        "authorization: bearer   0123456789abcdef",
        "Authorization: Basic dXNlcjpwYXNzd29yZA==",
        "token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl",
        "key mcr_0123456789abcdef_0123456789012345678901234567890123456789012"
      })
  void what_looks_like_a_credential_is_taken_out(String line) {
    assertThat(redaction.redacted("before " + line + " after"))
        .startsWith("before ")
        .contains(Redaction.INSTEAD)
        .endsWith(" after")
        .doesNotContain(line.substring(line.length() - 8));
  }

  @Test
  void what_this_process_has_met_is_taken_out_wherever_it_stands() {
    redaction.remember("sk-live-123456789012");
    redaction.remember("sk-live-123456789012-and-more");
    redaction.remember("sk-live-other-00000001");
    redaction.keep("a kept one is not, with blanks");
    redaction.keep("kept:even.with/dots");

    assertThat(
            redaction.redacted(
                "[sk-live-123456789012] sk-live-123456789012-and-moresk-live-other-00000001"))
        .isEqualTo("[[redacted]] [redacted][redacted]");
    assertThat(redaction.redacted("kept:even.with/dots")).isEqualTo("[redacted]");
    assertThat(redaction.redacted("sk-live-12345678901")).isEqualTo("sk-live-12345678901");
  }

  /** Otherwise a user could save what they want to vanish from the log. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "production",
        "Server 'tickets': connected",
        "\"level\":\"ERROR\",",
        "NullPointerException",
        "io.mcprouter.routing.RouteInstaller2",
        "tickets.example.com:8443",
        "10.20.30.40:8443/tickets/mcp",
        "application/json+ld2000",
        "{\"tenant\":\"1\",\"user\":\"2\"}"
      })
  void what_does_not_look_like_a_secret_stays(String value) {
    redaction.remember(value);

    assertThat(redaction.redacted("so " + value + " it is")).isEqualTo("so " + value + " it is");
  }

  @Test
  void of_many_secrets_that_begin_alike_the_last_ones_are_kept() {
    for (int i = 0; i < 1_000; i++) {
      redaction.remember("the-same-beginning-%04d".formatted(i));
    }
    assertThat(redaction.redacted("the-same-beginning-0999")).isEqualTo("[redacted]");
    assertThat(redaction.redacted("the-same-beginning-0001")).isEqualTo("the-same-beginning-0001");
  }
}
