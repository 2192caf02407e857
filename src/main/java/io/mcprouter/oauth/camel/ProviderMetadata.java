package io.mcprouter.oauth.camel;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.mcprouter.oauth.GuardedSender;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What an identity provider publishes of itself, kept for a while. Safe for all threads. */
final class ProviderMetadata {
  private final URI base;
  private final String issuer;
  private final Duration kept;
  private final GuardedSender sender;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Known known;

  private record Known(Map<String, Object> members, Instant until) {}

  /**
   * @param base the provider's URL, before {@code /.well-known}
   * @param issuer who it must say to be
   */
  ProviderMetadata(URI base, String issuer, Duration kept, GuardedSender sender, Clock clock) {
    this.base = base;
    this.issuer = issuer;
    this.kept = kept;
    this.sender = sender;
    this.clock = clock;
  }

  /** One of its addresses. What was known before is good enough while it cannot be asked. */
  URI address(String member) throws IOException {
    Object value = members().get(member);
    if (value instanceof String text) {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        throw new IOException("the metadata of " + base.getHost() + " has a wrong " + member, e);
      }
    }
    throw new IOException("the metadata of " + base.getHost() + " names no " + member);
  }

  private Map<String, Object> members() throws IOException {
    lock.lock();
    try {
      Known before = known;
      if (before != null && clock.instant().isBefore(before.until)) {
        return before.members;
      }
      try {
        Known fresh = new Known(fetched(), clock.instant().plus(kept));
        known = fresh;
        return fresh.members;
      } catch (IOException e) {
        if (before == null) {
          throw e;
        }
        return before.members;
      }
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Object> fetched() throws IOException {
    URI place =
        URI.create(ValidationProfile.withoutSlash(base) + "/.well-known/openid-configuration");
    try {
      Map<String, Object> members = JSONObjectUtils.parse(sender.document(place));
      if (!issuer.equals(members.get("issuer"))) {
        throw new IOException("the metadata of " + base.getHost() + " is of another issuer");
      }
      return members;
    } catch (ParseException e) {
      throw new IOException("the metadata of " + base.getHost() + " is no JSON", e);
    }
  }
}
