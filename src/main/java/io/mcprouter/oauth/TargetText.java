package io.mcprouter.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** A target as text, to be sealed with the login that a call asks for: it may hold secrets. */
final class TargetText {
  /**
   * Nodes of the next version may write more. The text has blanks, by which the search for secrets
   * in logs knows it for no single secret: all targets begin alike, and it would keep each.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private TargetText() {}

  static Secret of(OAuthTarget target) {
    try {
      return new Secret(JSON.writeValueAsString(target));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a target has only texts, numbers and lists", e);
    }
  }

  static OAuthTarget read(Secret text) {
    try {
      return JSON.readValue(text.value(), OAuthTarget.class);
    } catch (JsonProcessingException e) {
      // What the parser says quotes the text, which may hold secrets.
      throw new IllegalStateException(
          "a login was begun on a router of another version, which this one cannot read ("
              + e.getClass().getSimpleName()
              + "); use the tool again to get a new link");
    }
  }
}
