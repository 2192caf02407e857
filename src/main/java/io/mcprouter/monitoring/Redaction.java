package io.mcprouter.monitoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text that is on its way into a log: what looks like a token or a key by its
 * form, the router's own secrets, and those that it has met within the last hour. It is the last of
 * several guards: nothing of the router logs a secret to begin with, but libraries may.
 *
 * <p>Of a secret only a salted hash is kept. What a user saved is taken out only where it looks
 * like a secret: anybody could otherwise make names, addresses or the frame of a JSON line vanish
 * from the log. What is known by its form is not kept at all.
 */
public final class Redaction {
  static final int SHORTEST = 16;
  static final String INSTEAD = "[redacted]";
  private static final int LONGEST = 8_192;
  private static final int BEGINNING = SHORTEST;
  private static final int MOST_OF_ONE_BEGINNING = 64;
  private static final int MOST_SECRETS = 50_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Pattern BY_FORM =
      Pattern.compile(
          "(?i:\\b(?:Bearer|Basic)\\s+)[A-Za-z0-9._~+/-]{8,}=*"
              + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"
              + "|\\bmcr_[0-9a-f]{16}_[A-Za-z0-9_-]+");

  /** No dot, colon, slash or quote, but letters and digits both. */
  private static final Pattern SECRET =
      Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_~+=-]{20,}");

  private final byte[] salt = new byte[SHORTEST];

  /** By the hash of their first letters, as all here. */
  private final Map<Integer, List<Known>> own = new ConcurrentHashMap<>();

  private final Cache<Integer, List<Known>> met =
      Caffeine.newBuilder().maximumSize(MOST_SECRETS).expireAfterWrite(REMEMBERED).build();

  public Redaction() {
    new SecureRandom().nextBytes(salt);
  }

  /** Keeps a secret of the router in mind for good. */
  public void keep(String secret) {
    if (secret.length() >= SHORTEST && !hasBlank(secret)) {
      add(own, secret);
    }
  }

  /** Keeps a text of the administrator's in mind for good, where it looks like a secret. */
  public void keepIfSecret(String text) {
    if (text.length() <= LONGEST && SECRET.matcher(text).matches()) {
      add(own, text);
    }
  }

  /** Keeps what was met just now in mind for an hour, where it looks like a secret. */
  public void remember(String text) {
    if (text.length() <= LONGEST && SECRET.matcher(text).matches()) {
      add(met.asMap(), text);
    }
  }

  private void add(Map<Integer, List<Known>> secrets, String secret) {
    if (!BY_FORM.matcher(secret).matches()) {
      Known known = new Known(secret.length(), hash(secret));
      secrets.merge(beginning(secret, 0), List.of(known), Redaction::both);
    }
  }

  private static boolean hasBlank(String text) {
    return text.chars().anyMatch(Character::isWhitespace);
  }

  private static List<Known> both(List<Known> before, List<Known> added) {
    if (before.stream().anyMatch(known -> known.is(added.getFirst()))) {
      return before;
    }
    List<Known> all = new ArrayList<>(before);
    all.addAll(added);
    return List.copyOf(all.subList(Math.max(0, all.size() - MOST_OF_ONE_BEGINNING), all.size()));
  }

  /** The text without the secrets in it. */
  public String redacted(String text) {
    String byForm = text.length() < BEGINNING ? text : BY_FORM.matcher(text).replaceAll(INSTEAD);
    return withoutKnown(byForm);
  }

  private String withoutKnown(String text) {
    StringBuilder clean = null;
    int from = 0;
    for (int at = 0; at + SHORTEST <= text.length(); at++) {
      int length = lengthOfSecret(text, at);
      if (length > 0) {
        clean = clean == null ? new StringBuilder() : clean;
        clean.append(text, from, at).append(INSTEAD);
        from = at + length;
        at = from - 1;
      }
    }
    return clean == null ? text : clean.append(text, from, text.length()).toString();
  }

  private int lengthOfSecret(String text, int at) {
    int beginning = beginning(text, at);
    return Math.max(
        lengthOfSecret(own.get(beginning), text, at),
        lengthOfSecret(met.getIfPresent(beginning), text, at));
  }

  private int lengthOfSecret(@Nullable List<Known> candidates, String text, int at) {
    return candidates == null
        ? 0
        : candidates.stream()
            .filter(known -> at + known.length <= text.length())
            .filter(known -> Arrays.equals(known.hash, hash(text.substring(at, at + known.length))))
            .mapToInt(Known::length)
            .max()
            .orElse(0);
  }

  private static int beginning(String text, int at) {
    int hash = 0;
    for (int i = at; i < at + BEGINNING; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }

  private byte[] hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by is() alone
  private record Known(int length, byte[] hash) {
    boolean is(@Nullable Known other) {
      return other != null && length == other.length && Arrays.equals(hash, other.hash);
    }
  }
}
