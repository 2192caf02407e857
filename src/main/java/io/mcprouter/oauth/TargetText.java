package io.mcprouter.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target as text, to be sealed with the login that a call asks for: it may hold secrets. */
final class TargetText {
  private static final Logger LOG = LoggerFactory.getLogger(TargetText.class);

  /** Nodes of the next version may write more. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
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

  /** Empty for what a router of another version wrote and this one cannot read. */
  static Optional<OAuthTarget> read(Secret text) {
    try {
      return Optional.of(JSON.readValue(text.value(), OAuthTarget.class));
    } catch (JsonProcessingException e) {
      // What the parser says quotes the text, which may hold secrets.
      LOG.warn(
          "A login was begun on a router of another version and cannot be read here ({}): its user"
              + " gets a new link when they use the tool again",
          e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
