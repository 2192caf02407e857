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
    redaction.remember("sk-live-12345678");
    redaction.remember("sk-live-12345678-and-more");
    redaction.remember("sk-live-other-0001");

    assertThat(redaction.redacted("[sk-live-12345678] sk-live-12345678-and-moresk-live-other-0001"))
        .isEqualTo("[[redacted]] [redacted][redacted]");
    assertThat(redaction.redacted("sk-live-12345678")).isEqualTo("[redacted]");
    assertThat(redaction.redacted("sk-live-1234567")).isEqualTo("sk-live-1234567");
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "Server 'tickets': connected", "a\tvalue-with-a-blank"})
  void common_words_stay(String value) {
    redaction.remember(value);

    assertThat(redaction.redacted("so " + value + " it is")).isEqualTo("so " + value + " it is");
  }
}
