package io.mcprouter.oauth.camel;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a profile: {@code camel.oauth.NAME.*}, or {@code camel.oauth.*} for the one without a
 * name. Each wrong value is an {@link IllegalArgumentException} that names the key.
 */
record ProfileKeys(CamelContext camel, String profile) {
  private static final String PREFIX = "camel.oauth.";

  /** The whole key. */
  String name(String key) {
    return profile.isEmpty() ? PREFIX + key : PREFIX + profile + "." + key;
  }

  IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException(name(key) + " " + what);
  }

  @Nullable String text(String key) {
    return camel
        .getPropertiesComponent()
        .resolveProperty(name(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .orElse(null);
  }

  String required(String key) {
    String value = text(key);
    if (value == null) {
      throw wrong(key, "is missing; set it");
    }
    return value;
  }

  Set<String> texts(String key) {
    String value = text(key);
    return value == null
        ? Set.of()
        : Arrays.stream(value.split(","))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean flag(String key, boolean otherwise) {
    return switch (text(key)) {
      case null -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "must be true or false");
    };
  }

  /** A key of a whole number of seconds. */
  Duration seconds(String key, int otherwise) {
    String value = text(key);
    if (value == null) {
      return Duration.ofSeconds(otherwise);
    }
    if (!value.matches("\\d{1,9}")) {
      throw wrong(key, "must be a number of seconds");
    }
    return Duration.ofSeconds(Integer.parseInt(value));
  }

  /** A key that limits how long something may take. */
  Duration limit(String key, int otherwise) {
    Duration limit = seconds(key, otherwise);
    if (limit.isZero()) {
      throw wrong(key, "must be at least 1: without a limit a call could wait for ever");
    }
    return limit;
  }

  @Nullable URI url(String key) {
    String value = text(key);
    if (value == null) {
      return null;
    }
    try {
      URI url = new URI(value);
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (isWeb && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw wrong(key, "is no URL");
    }
    throw wrong(key, "must be an https URL (http is for this machine only)");
  }

  /**
   * Plain http beyond this machine is never spoken, so a key that asks for it is no key of ours.
   */
  void refuseInsecure() {
    if (flag("allow-insecure-http", false)) {
      throw wrong(
          "allow-insecure-http",
          "cannot be true here: http to this machine works without it, and a token never crosses a"
              + " network in the clear; remove it");
    }
  }
}
